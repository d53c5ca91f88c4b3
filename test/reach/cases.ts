/** The cases of the measure of reach: what is on the machine that hits and on the one that misses. Their scripts lie in `content/`. */
import type { Facts } from '../unit/evaluate/machine.ts';

export interface ReachCase {
  readonly id: string;
  /** What kind of detection it is. */
  readonly kind: string;
  readonly hit: Facts;
  readonly miss: Facts;
  /** The version that is found on the machine that hits. */
  readonly finds?: string;
  /** And where it is. */
  readonly at?: string;
  /** A patch that the product lacks there: it tells what else the script says of it. */
  readonly lacks?: string;
  /** The patch that is missing there, and installed on the other. */
  readonly patch?: string;
  readonly windows?: string;
}

export const REACH: readonly ReachCase[] = [
  {
    id: 'strawberry-perl',
    kind: 'Uninstall, version cut from a comment',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\P': {
          DisplayName: 'Strawberry Perl (64-bit)',
          InstallLocation: 'C:\\Strawberry\\',
          Comments: 'Strawberry Perl 64-bit 5.32.1.1',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '9.1',
        },
      },
      files: {},
    },
    finds: '5.32.1.1',
  },
  {
    id: 'python',
    kind: 'Uninstall, version cut from the name, place from an icon',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Python\\PythonCore\\2.7': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\P': {
          DisplayName: 'Python 2.7.18 Executables (64-bit)',
          DisplayIcon: 'C:\\Python27\\python.exe',
          DisplayVersion: '2.7.18150',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Python\\PythonCore\\3.9': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\P': {
          DisplayName: 'Python Launcher',
          DisplayVersion: '3.9.1',
        },
      },
      files: {},
    },
    finds: '2.7.18',
  },
  {
    id: 'winscp',
    kind: 'Uninstall of the 32-bit view alone',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\winscp3_is1': {
          DisplayName: 'WinSCP 5.17.8',
          DisplayVersion: '5.17.8',
          InstallLocation: 'C:\\Program Files (x86)\\WinSCP\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\winscp3_is1': {
          DisplayName: 'WinSCP 5.17.8',
          DisplayVersion: '5.17.8',
        },
      },
      files: {},
    },
    finds: '5.17.8',
  },
  {
    id: 'avast',
    kind: 'Uninstall, one of several names',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\A': {
          DisplayName: 'Avast Free Antivirus',
          DisplayVersion: '20.4.2410',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '9.1',
        },
      },
      files: {},
    },
    finds: '20.4.2410',
  },
  {
    id: 'ccleaner-cloud',
    kind: 'One fixed key',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\CCleaner Cloud': {
          DisplayName: 'CCleaner Cloud',
          DisplayVersion: '1.7.3191',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '9.1',
        },
      },
      files: {},
    },
    finds: '1.7.3191',
  },
  {
    id: 'virusscan',
    kind: 'Key of the product, version from a text file, else from the key',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\McAfee\\DesktopProtection': {
          Product: 'McAfee VirusScan Enterprise',
          szProductVer: '8.8.0.777',
          szInstallDir: 'C:\\Program Files (x86)\\McAfee\\VirusScan\\',
        },
      },
      files: {
        'C:\\Program Files (x86)\\McAfee\\VirusScan\\Readme.txt': {
          text: 'Release Notes\r\nVersion 8.7.0i\r\n',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\McAfee\\DesktopProtection': {
          Product: 'McAfee Agent',
        },
      },
      files: {},
    },
    finds: '8.7.0i',
  },
  {
    id: 'norton-utilities',
    kind: 'File version, else what the entry says',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\N': {
          DisplayName: 'Norton Utilities 16',
          DisplayVersion: '16.0',
          InstallLocation: 'C:\\Program Files (x86)\\Norton Utilities',
        },
      },
      files: {
        'C:\\Program Files (x86)\\Norton Utilities\\nu.exe': {
          fileVersion: '16.0.2.39',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '9.1',
        },
      },
      files: {},
    },
    finds: '16.0.2.39',
  },
  {
    id: 'codemeter',
    kind: 'Uninstall, version with a letter from the name',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\C': {
          DisplayName: 'CodeMeter Runtime Kit v6.81b',
          DisplayVersion: '6.81.3477',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '9.1',
        },
      },
      files: {},
    },
    finds: '6.81b',
  },
  {
    id: 'acrobat-dc',
    kind: 'Uninstall, name and place together',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\A': {
          DisplayName: 'Adobe Acrobat DC',
          DisplayVersion: '20.009.20063',
          InstallLocation: 'C:\\Program Files (x86)\\Adobe\\Acrobat DC\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\A': {
          DisplayName: 'Adobe Acrobat DC',
          DisplayVersion: '15.006.30060',
          InstallLocation: 'C:\\Program Files (x86)\\Adobe\\Acrobat 2015\\',
        },
      },
      files: {},
    },
    finds: '20.009.20063',
  },
  {
    id: 'solarwinds-information',
    kind: 'Uninstall, version cut from the name since the entry lies',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'SolarWinds Information Service v2019.4.90',
          DisplayVersion: '1.0',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '9.1',
        },
      },
      files: {},
    },
    finds: '2019.4.90',
  },
  {
    id: 'microscada',
    kind: 'Key of the product in both views',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\ABB\\Products\\SYS_600': {
          MajorRelease: '9.3',
          Path: 'C:\\sc\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '9.1',
        },
      },
      files: {},
    },
    finds: '9.3',
  },
  {
    id: 'eps-viewer',
    kind: 'A chain of five places',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'EPS Viewer',
          InstallLocation: '',
          UninstallString: '"C:\\Program Files (x86)\\EPS Viewer\\unins000.exe" /S',
        },
      },
      files: {
        'C:\\Program Files (x86)\\EPS Viewer\\EPSViewer.exe': {
          fileVersion: '1.2.0.0',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Other': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '9.1',
        },
      },
      files: {},
    },
    finds: '1.2.0.0',
  },
  {
    id: 'realplayer',
    kind: 'App Paths, the first of a list of folders',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\RealPlay.exe': {
          Path: 'C:\\Program Files (x86)\\Real\\RealPlayer;C:\\Program Files (x86)\\Real\\Update',
        },
      },
      files: {
        'C:\\Program Files (x86)\\Real\\RealPlayer\\realplay.exe': {
          fileVersion: '16.0.3.51',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\RealPlay.exe': {
          Path: 'C:\\Program Files (x86)\\Real\\RealPlayer',
        },
      },
      files: {},
    },
    finds: '16.0.3.51',
  },
  {
    id: 'onedrive',
    kind: 'Hive of a user, place cut from a command',
    hit: {
      keys: {
        'HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\OneDrive': {
          OneDriveTrigger: 'C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe',
          Version: '20.052.0311.0011',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Office': {},
      },
      files: {},
    },
    finds: '20.052.0311.0011',
    at: 'C:\\Users\\person1\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive',
  },
  {
    id: 'utorrent',
    kind: 'One key of a user',
    hit: {
      keys: {
        'HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\uTorrent': {
          DisplayIcon: 'C:\\Users\\ann\\AppData\\Roaming\\uTorrent\\uTorrent.exe',
          DisplayVersion: '3.5.5.45505',
          InstallLocation: 'C:\\Users\\ann\\AppData\\Roaming\\uTorrent',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKU\\S-1-5-21-1-2-3-1001\\Software\\Other': {},
      },
      files: {},
    },
    finds: '3.5.5.45505',
  },
  {
    id: 'yammer',
    kind: 'Uninstall entries of users',
    hit: {
      keys: {
        'HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\yammerdesktop': {
          DisplayName: 'Yammer',
          DisplayVersion: '3.4.5',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\zoom': {
          DisplayName: 'Zoom',
          DisplayVersion: '5',
        },
      },
      files: {},
    },
    finds: '3.4.5',
  },
  {
    id: '3d-viewer',
    kind: 'Store package, version cut from its folder',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\PackageRepository\\Packages\\Microsoft.Microsoft3DViewer_7.2009.29132.0_x64__8wekyb3d8bbwe':
          {
            Path: 'C:\\Program Files\\WindowsApps\\Microsoft.Microsoft3DViewer_7.2009.29132.0_x64__8wekyb3d8bbwe',
          },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\PackageRepository\\Packages\\Microsoft.Windows.Photos_2020.1_x64__8wekyb3d8bbwe':
          {
            Path: 'C:\\Program Files\\WindowsApps\\Microsoft.Windows.Photos_2020.1_x64__8wekyb3d8bbwe',
          },
      },
      files: {},
    },
    finds: '7.2009.29132.0',
  },
  {
    id: 'firefox',
    kind: 'Key of the product, release or long-term release by text files, the special case of version 1.5',
    hit: {
      keys: { 'HKLM\\SOFTWARE\\mozilla.org\\Mozilla': { CurrentVersion: '78.15.0 (x64 en-US)' } },
      files: {
        'C:\\Program Files\\Mozilla Firefox\\firefox.exe': { fileVersion: '78.15.0.7971' },
        'C:\\Program Files\\Mozilla Firefox\\application.ini': {
          text: '[App]\nVersion=78.15.0\nSourceRepository=https://hg.mozilla.org/releases/mozilla-esr78\n',
        },
      },
    },
    miss: {
      keys: { 'HKLM\\SOFTWARE\\Mozilla\\Mozilla Firefox': { CurrentVersion: '78.15.0 (x64 en-US)' } },
      files: { 'C:\\Program Files\\Mozilla Firefox\\firefox.exe': { fileVersion: '79.0.0.1' } },
    },
    finds: '78.15.0',
    at: 'C:\\Program Files\\Mozilla Firefox',
    lacks: 'FIREFOX-ESR-78.15',
  },
  {
    id: 'oracle-ats',
    kind: 'Service, its path as the place, version from a text file',
    hit: {
      keys: {},
      files: {
        'C:\\OracleATS\\config\\version.properties': {
          text: 'oracle.version.build=13.3.0.1.262\n',
        },
      },
      services: {
        OracleATSAgent: {
          displayName: 'Oracle ATS Agent',
          path: {
            state: 'present',
            value: 'C:\\OracleATS\\agentmanager\\bin\\AgentManagerService.exe -s',
          },
        },
      },
    },
    miss: {
      keys: {},
      files: {},
      services: {
        Spooler: {
          displayName: 'Print Spooler',
        },
      },
    },
    finds: '13.3.0.1.262',
  },
  {
    id: 'twincat',
    kind: 'Uninstall, the last part of the version from a DWORD',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\T': {
          DisplayName: 'TwinCAT',
          DisplayVersion: '2.11.2230.0',
          InstallLocation: 'C:\\TwinCAT\\',
        },
        'HKLM\\SOFTWARE\\Beckhoff\\TwinCAT\\System': { Build: 2305 },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\T': {
          DisplayName: 'Beckhoff TwinCAT 3 Scope',
          DisplayVersion: '3.4',
        },
      },
      files: {},
    },
    finds: '2.11.2230.2305',
    at: 'C:\\TwinCAT',
  },
  {
    id: 'illustrator',
    kind: 'Uninstall by name or by place, App Paths as proof',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\I': {
          DisplayName: 'Illustrator 2020',
          DisplayVersion: '24.0.2',
          InstallLocation: 'C:\\Program Files\\Adobe\\Adobe Illustrator 2020',
        },
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\Illustrator.exe': {
          Path: 'C:\\Program Files\\Adobe\\Adobe Illustrator 2020',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\I': {
          DisplayName: 'Illustrator 2020',
          DisplayVersion: '24.0.2',
          InstallLocation: 'C:\\Program Files\\Adobe\\Adobe Illustrator 2020',
        },
      },
      files: {},
    },
    finds: '24.0.2',
  },
  {
    id: 'edge',
    kind: 'App Paths and file version, a key of the product as proof',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Edge': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\msedge.exe': {
          Path: 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
        },
      },
      files: { 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe': { fileVersion: '84.0.522.40' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\msedge.exe': {
          Path: 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
        },
      },
      files: { 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe': { fileVersion: '84.0.522.40' } },
    },
    finds: '84.0.522.40',
    at: 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
  },
  {
    id: 'elba',
    kind: 'Uninstall, digits and a letter of a text file put together as a version',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'ELBA5',
          InstallLocation: 'C:\\ELBA5',
        },
      },
      files: { 'C:\\ELBA5\\properties\\config.properties.defaults': { text: 'VERSION=5710\nSUBVERSION=R0004\n' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'ELBA 4',
          InstallLocation: 'C:\\ELBA5',
        },
      },
      files: { 'C:\\ELBA5\\properties\\config.properties.defaults': { text: 'VERSION=5710\nSUBVERSION=R0004\n' } },
    },
    finds: '5.7.1.0 R4',
    at: 'C:\\ELBA5',
  },
  {
    id: 'flock',
    kind: 'Names of subkeys, else the product version of the program under App Paths',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Flock\\Flock\\2.6.1b2 (en-US)': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\flock.exe': {
          Path: 'C:\\Program Files (x86)\\Flock',
        },
      },
      files: { 'C:\\Program Files (x86)\\Flock\\flock.exe': { productVersion: '9.9' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Flock\\Flock\\Extensions': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\flock.exe': {
          Path: 'C:\\Program Files (x86)\\Flock',
        },
      },
      files: {},
    },
    finds: '2.6.1b2',
    at: 'C:\\Program Files (x86)\\Flock',
  },
  {
    id: 'kb4032233',
    kind: 'File of an application in either folder of programs',
    hit: {
      keys: {},
      files: {
        'C:\\Program Files (x86)\\Microsoft Office\\root\\VFS\\ProgramFilesCommonX86\\Microsoft Shared\\Office16\\mso.dll':
          {
            fileVersion: '16.0.4639.1000',
          },
      },
    },
    miss: {
      keys: {},
      files: {
        'C:\\Program Files (x86)\\Microsoft Office\\root\\VFS\\ProgramFilesCommonX86\\Microsoft Shared\\Office16\\mso.dll':
          {
            fileVersion: '16.0.4732.1000',
          },
      },
    },
    patch: 'KB4032233',
    windows: 'windows-10-22h2',
  },
  {
    id: 'kb5002656',
    kind: 'App Paths, a range of file versions',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\OUTLOOK.EXE': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: {
        'C:\\Program Files\\Microsoft Office\\Office16\\outlook.exe': {
          fileVersion: '16.0.5400.1001',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\OUTLOOK.EXE': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: {
        'C:\\Program Files\\Microsoft Office\\Office16\\outlook.exe': {
          fileVersion: '16.0.5483.1000',
        },
      },
    },
    patch: 'KB5002656',
    windows: 'windows-10-22h2',
  },
  {
    id: 'kb4048955',
    kind: 'File of Windows within one branch',
    hit: {
      keys: {},
      files: {
        'C:\\Windows\\System32\\edgehtml.dll': {
          fileVersion: '11.0.16299.15',
        },
      },
    },
    miss: {
      keys: {},
      files: {
        'C:\\Windows\\System32\\edgehtml.dll': {
          fileVersion: '11.0.16299.64',
        },
      },
    },
    patch: 'KB4048955',
    windows: 'windows-10-22h2',
  },
  {
    id: 'kb4343900',
    kind: 'File of Windows, by service pack',
    hit: {
      keys: {},
      files: {
        'C:\\Windows\\System32\\mshtml.dll': {
          fileVersion: '11.0.9600.18838',
        },
      },
    },
    miss: {
      keys: {},
      files: {
        'C:\\Windows\\System32\\mshtml.dll': {
          fileVersion: '11.0.9600.19101',
        },
      },
    },
    patch: 'KB4343900',
    windows: 'windows-7-sp1',
  },
  {
    id: 'flash-plugin',
    kind: 'Search of a whole disk, without what another entry already names',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\F': {
          DisplayName: 'Adobe Flash Player 32 NPAPI',
          InstallLocation: 'C:\\Windows\\System32\\Macromed\\Flash\\',
        },
      },
      files: {
        'C:\\Windows\\System32\\Macromed\\Flash\\NPSWF64_32_0_0_371.dll': { fileVersion: '32.0.0.371' },
        'C:\\Windows\\Installer\\x\\NPSWF32.dll': { fileVersion: '11.0.0.1' },
        'D:\\Portable\\NPSWF32.dll': { fileVersion: '9.0.0.1' },
        'C:\\Tools\\Browser\\plugins\\NPSWF32_20.dll': { fileVersion: '20.0.0.235' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\F': {
          DisplayName: 'Adobe Flash Player 32 NPAPI',
          InstallLocation: 'C:\\Windows\\System32\\Macromed\\Flash',
        },
      },
      files: { 'C:\\Windows\\System32\\Macromed\\Flash\\NPSWF64_32_0_0_371.dll': { fileVersion: '32.0.0.371' } },
    },
    finds: '20.0.0.235',
    at: 'C:\\Tools\\Browser\\plugins',
    lacks: 'FLASH-EOL',
  },
  {
    id: 'django',
    kind: 'The package beside each Python instead of what a command prints',
    hit: {
      keys: { 'HKLM\\SOFTWARE\\Python\\PythonCore\\3.9\\InstallPath': { '': 'C:\\Python39\\' } },
      files: { 'C:\\Python39\\Lib\\site-packages\\Django-3.1.4.dist-info\\METADATA': { text: 'Version: 3.1.4' } },
    },
    miss: {
      keys: { 'HKLM\\SOFTWARE\\Python\\PythonCore\\3.9\\InstallPath': { '': 'C:\\Python39\\' } },
      files: { 'C:\\Python39\\Lib\\site-packages\\pip-20.2.dist-info\\METADATA': { text: 'Version: 20.2' } },
    },
    finds: '3.1.4',
    at: 'C:\\Python39\\Lib\\site-packages\\Django-3.1.4.dist-info',
  },
];
