/**
 * Releases of Windows as their registries and system files describe them: recordings of our own making, from values that
 * were published. `from` names the pages. Revisions of Windows 10 and later are those of one cumulative update each.
 */
import type { OperatingSystem } from '../../../../server/src/evaluate/verdict.ts';

/** File versions of releases up to Windows 10 1507, service packs included. */
const KERNEL32 = 'https://www.geoffchappell.com/studies/windows/win32/kernel32/history/index.htm';
/** What ProductSuite holds. */
const SUITES = 'https://www.geoffchappell.com/studies/windows/km/ntoskrnl/api/ex/exinit/productsuite.htm';
/** Product types, service packs as CSDVersion. */
const VERSIONINFO = 'https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-osversioninfoexw';
const BUILD_6003 = 'https://betawiki.net/wiki/Windows_Server_2008_build_6003';
/** Server Core: an edition of its own up to 2008 R2, an installation type later. */
const CORE = 'https://learn.microsoft.com/previous-versions/windows/desktop/legacy/hh846315(v=vs.85)';
const INSTALLATION = 'https://serverdevworker.com/4608a2fb8';
/** Versions, builds and revisions of Windows 10, the long-term channels included. */
const TEN = 'https://learn.microsoft.com/en-us/windows/release-health/release-information';
const TEN_HISTORY = 'https://en.wikipedia.org/wiki/Windows_10_version_history';
const ELEVEN = 'https://learn.microsoft.com/en-us/windows/release-health/windows11-release-information';
const SERVERS = 'https://learn.microsoft.com/en-us/windows/release-health/windows-server-release-info';
/** DisplayVersion since 20H2, ReleaseId before, 2009 ever after. */
const RELEASE_ID = 'https://www.vcloudinfo.com/2020/12/how-to-decode-windows-version-numbers.html';
/** EditionID and its variants. */
const EDITIONS = 'https://forums.mydigitallife.net/threads/questions-about-compositioneditionid.81936';
const PRODUCTS = 'https://learn.microsoft.com/en-us/windows/win32/api/sysinfoapi/nf-sysinfoapi-getproductinfo';
/** 26H2 and the builds that share its files. */
const TWENTY_SIX = 'https://github.com/paulmann/Windows-11-25H2-Update-Script/releases/tag/v1.1.0';
/** ARM64 installations of 22631, made of packages of 22621. */
const ARM64 = 'https://github.com/TukangM/Windows10-11-iso/releases';

type Role = 'WinNT' | 'ServerNT' | 'LanmanNT';

export interface Release {
  readonly about: string;
  readonly from: readonly string[];
  readonly version: string;
  readonly build: number;
  readonly ubr?: number;
  readonly role: Role;
  /** Absent in Windows XP and Server 2003. */
  readonly edition?: string;
  readonly suites?: readonly string[];
  readonly installation?: string;
  readonly pack?: number;
  readonly displayVersion?: string;
  readonly releaseId?: string;
  readonly processor: 'x86' | 'AMD64' | 'ARM64';
  /** Of kernel32.dll and ntoskrnl.exe. */
  readonly files: string;
  readonly languages?: readonly string[];
  readonly expected: Partial<OperatingSystem>;
}

interface Old extends Pick<Release, 'about' | 'files' | 'processor'> {
  readonly role?: Role;
  readonly suites?: readonly string[];
  readonly edition?: string;
  readonly installation?: string;
  readonly pack?: number;
  readonly from?: readonly string[];
  /** Where the registry's build is not that of the files. */
  readonly build?: number;
  readonly expected: Partial<OperatingSystem>;
}

/** Windows before 10: version and build are those of the files. */
function old(release: Old): Release {
  const [major, minor, build] = release.files.split('.');
  const pack = release.pack ?? 0;
  return {
    ...{ role: 'WinNT', ...release, version: `${major}.${minor}`, build: release.build ?? Number(build) },
    from: [KERNEL32, VERSIONINFO, ...(release.suites ? [SUITES] : []), ...(release.from ?? [])],
    expected: { servicePack: pack, ubr: null, ...release.expected },
  };
}

const BEFORE_VISTA: readonly Release[] = [
  old({
    ...{ about: 'XP Professional', files: '5.1.2600.0', processor: 'x86', suites: [] },
    expected: { name: 'Windows XP', edition: 'pro', names: ['windows', 'windows-xp', 'windows-xp-sp0'] },
  }),
  old({
    ...{ about: 'XP Home SP1', files: '5.1.2600.1106', pack: 1, processor: 'x86', suites: ['Personal'] },
    expected: { name: 'Windows XP Service Pack 1', edition: 'home' },
  }),
  old({
    ...{ about: 'XP Professional SP2', files: '5.1.2600.2180', pack: 2, processor: 'x86', suites: [] },
    expected: { name: 'Windows XP Service Pack 2', version: '5.1.2600.0' },
  }),
  old({
    ...{ about: 'XP Professional SP3', files: '5.1.2600.5512', pack: 3, processor: 'x86', suites: [] },
    expected: { names: ['windows', 'windows-xp', 'windows-xp-sp3'], architecture: 'x86', language: 'en-US' },
  }),
  old({
    ...{ about: 'XP Professional x64 SP2', files: '5.2.3790.3959', pack: 2, processor: 'AMD64', suites: [] },
    expected: { name: 'Windows XP Service Pack 2', architecture: 'x64', role: 'workstation' },
  }),
  old({
    ...{
      about: 'Server 2003 Standard',
      files: '5.2.3790.0',
      processor: 'x86',
      role: 'ServerNT',
      suites: ['Terminal Server'],
    },
    expected: { name: 'Windows Server 2003', edition: 'standard', role: 'server' },
  }),
  old({
    ...{ about: 'Server 2003 Enterprise SP1', files: '5.2.3790.1830', pack: 1, processor: 'x86', role: 'ServerNT' },
    suites: ['Enterprise', 'Terminal Server'],
    expected: { name: 'Windows Server 2003 Service Pack 1', edition: 'enterprise' },
  }),
  old({
    ...{ about: 'Server 2003 Web SP2', files: '5.2.3790.3959', pack: 2, processor: 'x86', role: 'ServerNT' },
    suites: ['Blade', 'Terminal Server'],
    expected: { name: 'Windows Server 2003 Service Pack 2', edition: 'web' },
  }),
  old({
    ...{ about: 'Server 2003 Datacenter SP2, domain controller', files: '5.2.3790.3959', pack: 2, processor: 'AMD64' },
    ...{ role: 'LanmanNT', suites: ['DataCenter', 'Enterprise', 'Terminal Server'] },
    expected: { role: 'domain-controller', edition: 'datacenter', architecture: 'x64' },
  }),
];

const BEFORE_TEN: readonly Release[] = [
  old({
    ...{ about: 'Vista Ultimate', files: '6.0.6000.16386', processor: 'x86', edition: 'Ultimate', from: [PRODUCTS] },
    expected: { name: 'Windows Vista', edition: 'ultimate', installation: null },
  }),
  old({
    ...{ about: 'Vista Business SP1', files: '6.0.6001.18000', pack: 1, processor: 'x86', edition: 'Business' },
    ...{ from: [PRODUCTS], expected: { name: 'Windows Vista Service Pack 1' } },
  }),
  old({
    ...{
      about: 'Vista Home Premium SP2',
      files: '6.0.6002.18005',
      pack: 2,
      processor: 'AMD64',
      edition: 'HomePremium',
    },
    ...{ from: [PRODUCTS], expected: { name: 'Windows Vista Service Pack 2', edition: 'home' } },
  }),
  old({
    ...{ about: 'Server 2008 Standard, which began with SP1', files: '6.0.6001.18000', pack: 1, processor: 'AMD64' },
    ...{ role: 'ServerNT', edition: 'ServerStandard', from: [PRODUCTS] },
    expected: { name: 'Windows Server 2008 Service Pack 1', edition: 'standard' },
  }),
  old({
    ...{ about: 'Server 2008 Enterprise SP2, Server Core', files: '6.0.6002.18005', pack: 2, processor: 'AMD64' },
    ...{ role: 'ServerNT', edition: 'ServerEnterpriseCore', from: [PRODUCTS, CORE] },
    expected: { name: 'Windows Server 2008 Service Pack 2', edition: 'enterprise', installation: 'core' },
  }),
  old({
    ...{ about: 'Server 2008 SP2 as build 6003', files: '6.0.6003.20489', pack: 2, processor: 'x86', role: 'ServerNT' },
    ...{ edition: 'ServerStandard', from: [BUILD_6003] },
    expected: { name: 'Windows Server 2008 Service Pack 2', build: 6003 },
  }),
  old({
    ...{ about: 'Server 2008 SP2 as build 6003, files of before', files: '6.0.6002.24566', build: 6003, pack: 2 },
    ...{ processor: 'x86', role: 'ServerNT', edition: 'ServerStandard', from: [BUILD_6003] },
    expected: { name: 'Windows Server 2008 Service Pack 2', version: '6.0.6003.0' },
  }),
  old({
    ...{ about: '7 Professional', files: '6.1.7600.16385', processor: 'x86', edition: 'Professional' },
    ...{ installation: 'Client', from: [PRODUCTS] },
    expected: { name: 'Windows 7', edition: 'pro', names: ['windows', 'windows-7', 'windows-7-sp0'] },
  }),
  old({
    ...{ about: '7 Enterprise SP1', files: '6.1.7601.17514', pack: 1, processor: 'AMD64', edition: 'Enterprise' },
    ...{ installation: 'Client', from: [PRODUCTS] },
    expected: { name: 'Windows 7 Service Pack 1', edition: 'enterprise', installation: 'client' },
  }),
  old({
    ...{ about: 'Server 2008 R2 Datacenter', files: '6.1.7600.16385', processor: 'AMD64', role: 'ServerNT' },
    ...{ edition: 'ServerDatacenter', installation: 'Server', from: [PRODUCTS] },
    expected: { name: 'Windows Server 2008 R2', edition: 'datacenter' },
  }),
  old({
    ...{
      about: 'Server 2008 R2 SP1, Server Core, domain controller',
      files: '6.1.7601.17514',
      pack: 1,
      processor: 'AMD64',
    },
    ...{ role: 'LanmanNT', edition: 'ServerStandardCore', from: [PRODUCTS, CORE] },
    expected: { name: 'Windows Server 2008 R2 Service Pack 1', installation: 'core', role: 'domain-controller' },
  }),
  old({
    ...{
      about: '8',
      files: '6.2.9200.16384',
      processor: 'AMD64',
      edition: 'Core',
      installation: 'Client',
      from: [EDITIONS],
    },
    expected: { name: 'Windows 8', edition: 'home' },
  }),
  old({
    ...{ about: 'Server 2012, Server Core', files: '6.2.9200.16384', processor: 'AMD64', role: 'ServerNT' },
    ...{ edition: 'ServerStandard', installation: 'Server Core', from: [INSTALLATION, CORE] },
    expected: { name: 'Windows Server 2012', installation: 'core' },
  }),
  old({
    ...{ about: '8.1 Pro', files: '6.3.9600.17031', processor: 'x86', edition: 'Professional', installation: 'Client' },
    ...{ from: [EDITIONS], expected: { name: 'Windows 8.1', edition: 'pro', version: '6.3.9600.0' } },
  }),
  old({
    ...{ about: 'Server 2012 R2 Essentials', files: '6.3.9600.16384', processor: 'AMD64', role: 'LanmanNT' },
    ...{ edition: 'ServerSolution', installation: 'Server', from: [PRODUCTS] },
    expected: { name: 'Windows Server 2012 R2', edition: 'essentials', role: 'domain-controller' },
  }),
];

interface Ten {
  readonly build: number;
  readonly ubr: number;
  readonly edition?: string;
  readonly processor?: Release['processor'];
  /** Of the system files, where it is not the registry's. */
  readonly fileBuild?: number;
  readonly role?: Role;
  readonly installation?: string;
  /** DisplayVersion; ReleaseId before there was one. */
  readonly release?: string;
  readonly languages?: readonly string[];
  readonly from: readonly string[];
}

/** Windows 10 and later. */
function ten(about: string, given: Ten, expected: Partial<OperatingSystem>): Release {
  const { build, ubr, release, fileBuild = build, edition = 'Professional', from, languages } = given;
  const isName = release !== undefined && /H/.test(release);
  return {
    ...{ about, from: [...from, RELEASE_ID, EDITIONS], version: '10.0', build, ubr, edition },
    role: given.role ?? 'WinNT',
    installation: given.installation ?? 'Client',
    ...(release !== undefined && (isName ? { displayVersion: release, releaseId: '2009' } : { releaseId: release })),
    processor: given.processor ?? 'AMD64',
    files: `10.0.${fileBuild}.${ubr}`,
    ...(languages && { languages }),
    expected: { version: `10.0.${build}.${ubr}`, ubr, servicePack: 0, ...expected },
  };
}

const TENS: readonly Release[] = [
  ten(
    '10 1507 Enterprise LTSB 2015',
    { build: 10240, ubr: 16384, edition: 'EnterpriseS', from: [TEN, KERNEL32] },
    {
      ...{ name: 'Windows 10 1507', edition: 'ltsc', release: '1507' },
    },
  ),
  ten(
    '10 1511',
    { build: 10586, ubr: 0, release: '1511', processor: 'x86', from: [TEN_HISTORY] },
    {
      ...{ name: 'Windows 10 1511', architecture: 'x86' },
    },
  ),
  ten(
    '10 1607 LTSB 2016',
    { build: 14393, ubr: 7070, release: '1607', edition: 'EnterpriseS', from: [TEN] },
    {
      ...{ name: 'Windows 10 1607', edition: 'ltsc' },
    },
  ),
  ten(
    '10 1703',
    { build: 15063, ubr: 0, release: '1703', edition: 'Education', from: [TEN_HISTORY] },
    {
      ...{ name: 'Windows 10 1703', edition: 'education' },
    },
  ),
  ten(
    '10 1709',
    { build: 16299, ubr: 15, release: '1709', edition: 'CoreSingleLanguage', from: [TEN_HISTORY] },
    {
      ...{ name: 'Windows 10 1709', edition: 'home' },
    },
  ),
  ten(
    '10 1803',
    { build: 17134, ubr: 1, release: '1803', edition: 'ProfessionalWorkstation', from: [TEN_HISTORY] },
    {
      ...{ name: 'Windows 10 1803', edition: 'pro' },
    },
  ),
  ten(
    '10 1809 LTSC 2019',
    { build: 17763, ubr: 4974, release: '1809', edition: 'EnterpriseS', from: [TEN] },
    {
      ...{ name: 'Windows 10 1809', edition: 'ltsc', names: ['windows', 'windows-10', 'windows-10-1809'] },
    },
  ),
  ten('10 1903', { build: 18362, ubr: 30, release: '1903', from: [TEN_HISTORY] }, { name: 'Windows 10 1903' }),
  ten(
    '10 1909, files of 1903',
    { build: 18363, ubr: 418, fileBuild: 18362, release: '1909', from: [TEN_HISTORY] },
    {
      name: 'Windows 10 1909',
    },
  ),
  ten('10 2004', { build: 19041, ubr: 264, release: '2004', from: [TEN_HISTORY] }, { name: 'Windows 10 2004' }),
  ten(
    '10 20H2, files of 2004',
    { build: 19042, ubr: 572, fileBuild: 19041, release: '20H2', from: [TEN_HISTORY] },
    {
      name: 'Windows 10 20H2',
    },
  ),
  ten(
    '10 21H1, files of 2004',
    { build: 19043, ubr: 985, fileBuild: 19041, release: '21H1', from: [TEN_HISTORY] },
    {
      name: 'Windows 10 21H1',
    },
  ),
  ten(
    '10 21H2 IoT Enterprise LTSC 2021, files of 2004',
    { build: 19044, ubr: 3570, fileBuild: 19041, release: '21H2', edition: 'IoTEnterpriseS', from: [TEN] },
    { name: 'Windows 10 21H2', edition: 'iot' },
  ),
  ten(
    '10 21H2 Enterprise LTSC 2021, files of 2004',
    { build: 19044, ubr: 3570, fileBuild: 19041, release: '21H2', edition: 'EnterpriseS', from: [TEN] },
    { name: 'Windows 10 21H2', edition: 'ltsc' },
  ),
  ten(
    '10 22H2 in two languages, files of 2004',
    { build: 19045, ubr: 3570, fileBuild: 19041, release: '22H2', languages: ['en-US', 'de-DE'], from: [TEN] },
    { name: 'Windows 10 22H2', language: 'en-US', languages: ['de-DE', 'en-US'] },
  ),
  ten(
    '10 22H2 on ARM64',
    { build: 19045, ubr: 3570, fileBuild: 19041, release: '22H2', processor: 'ARM64', from: [TEN] },
    { architecture: 'arm64' },
  ),
];

const ELEVENS: readonly Release[] = [
  ten(
    '11 21H2',
    { build: 22000, ubr: 194, release: '21H2', from: [ELEVEN] },
    {
      ...{ name: 'Windows 11 21H2', names: ['windows', 'windows-11', 'windows-11-21h2'] },
    },
  ),
  ten(
    '11 22H2',
    { build: 22621, ubr: 2428, release: '22H2', edition: 'Core', from: [ELEVEN] },
    {
      ...{ name: 'Windows 11 22H2', edition: 'home' },
    },
  ),
  ten(
    '11 23H2 on ARM64, files of 22H2',
    { build: 22631, ubr: 2428, fileBuild: 22621, release: '23H2', processor: 'ARM64', from: [ELEVEN, ARM64] },
    { name: 'Windows 11 23H2', architecture: 'arm64' },
  ),
  ten(
    '11 24H2 Enterprise',
    { build: 26100, ubr: 2894, release: '24H2', edition: 'Enterprise', from: [ELEVEN] },
    {
      ...{ name: 'Windows 11 24H2', edition: 'enterprise' },
    },
  ),
  ten(
    '11 24H2 LTSC 2024',
    { build: 26100, ubr: 2894, release: '24H2', edition: 'EnterpriseS', from: [ELEVEN] },
    {
      ...{ name: 'Windows 11 24H2', edition: 'ltsc' },
    },
  ),
  ten(
    '11 24H2 IoT Enterprise on ARM64',
    { build: 26100, ubr: 2894, release: '24H2', edition: 'IoTEnterprise', processor: 'ARM64', from: [ELEVEN] },
    { name: 'Windows 11 24H2', edition: 'iot', architecture: 'arm64' },
  ),
  ten(
    '11 25H2, files of 24H2',
    { build: 26200, ubr: 6584, fileBuild: 26100, release: '25H2', from: [ELEVEN] },
    {
      name: 'Windows 11 25H2',
    },
  ),
  ten(
    '11 26H2, files of 24H2',
    { build: 26300, ubr: 9457, fileBuild: 26100, release: '26H2', from: [TWENTY_SIX] },
    {
      ...{ names: ['windows', 'windows-11'], release: '26H2' },
    },
  ),
];

const SERVER: Pick<Ten, 'role' | 'installation' | 'from'> = {
  ...{ role: 'ServerNT', installation: 'Server', from: [SERVERS, INSTALLATION] },
};

const TEN_SERVERS: readonly Release[] = [
  ten(
    'Server 2016',
    { ...SERVER, build: 14393, ubr: 6351, release: '1607', edition: 'ServerStandard' },
    {
      ...{ name: 'Windows Server 2016', edition: 'standard', role: 'server', installation: 'server' },
    },
  ),
  ten(
    'Nano Server 2016',
    { ...SERVER, build: 14393, ubr: 0, release: '1607', edition: 'ServerDatacenterNano', installation: 'Nano Server' },
    { name: 'Windows Server 2016', edition: 'datacenter', installation: 'nano' },
  ),
  ten(
    'Server 2019, Server Core, domain controller',
    { ...SERVER, ...{ build: 17763, ubr: 4974, release: '1809', edition: 'ServerDatacenter' }, ...coreController() },
    { name: 'Windows Server 2019', installation: 'core', role: 'domain-controller' },
  ),
  ten(
    'Server 2022 evaluation',
    { ...SERVER, build: 20348, ubr: 2031, release: '21H2', edition: 'ServerStandardEval' },
    {
      ...{ name: 'Windows Server 2022', edition: 'standard', release: '21H2' },
    },
  ),
  ten(
    'Server 2022 Azure Edition',
    { ...SERVER, build: 20348, ubr: 2031, release: '21H2', edition: 'ServerTurbine' },
    {
      ...{ name: 'Windows Server 2022', edition: 'datacenter' },
    },
  ),
  ten(
    'Server 2025',
    { ...SERVER, build: 26100, ubr: 2894, release: '24H2', edition: 'ServerDatacenter' },
    {
      ...{ name: 'Windows Server 2025', names: ['windows', 'server-2025'], edition: 'datacenter' },
    },
  ),
  ten(
    'Server 2025, Server Core',
    { ...SERVER, build: 26100, ubr: 2894, release: '24H2', edition: 'ServerStandard', installation: 'Server Core' },
    { name: 'Windows Server 2025', installation: 'core' },
  ),
];

function coreController(): Pick<Ten, 'role' | 'installation'> {
  return { role: 'LanmanNT', installation: 'Server Core' };
}

export const RELEASES: readonly Release[] = [...BEFORE_VISTA, ...BEFORE_TEN, ...TENS, ...ELEVENS, ...TEN_SERVERS];
