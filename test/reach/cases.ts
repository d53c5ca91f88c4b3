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
          OneDriveTrigger: '"C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe" /background',
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
    kind: 'Key of the product, release or long-term release by a text file',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Mozilla\\Mozilla Firefox': {
          CurrentVersion: '78.15.0 (x64 en-US)',
        },
      },
      files: {
        'C:\\Program Files\\Mozilla Firefox\\application.ini': {
          text: '[App]\nVersion=78.15.0\n',
        },
        'C:\\Program Files\\Mozilla Firefox\\update-settings.ini': {
          text: 'ACCEPTED_MAR_CHANNEL_IDS=firefox-mozilla-esr',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Mozilla\\Mozilla Firefox': {
          CurrentVersion: '78.15.0 (x64 en-US)',
        },
      },
      files: {},
    },
    finds: '78.15.0',
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
          DisplayName: 'Beckhoff TwinCAT 3.1',
          DisplayVersion: '3.1.4022.30',
        },
        'HKLM\\SOFTWARE\\Beckhoff\\TwinCAT\\System': {
          Build: 4024,
        },
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
    finds: '3.1.4022.4024',
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
    kind: 'App Paths and file version',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\msedge.exe': {
          Path: 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
        },
      },
      files: {
        'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe': {
          fileVersion: '84.0.522.40',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\msedge.exe': {
          Path: 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
        },
      },
      files: {},
    },
    finds: '84.0.522.40',
  },
  {
    id: 'elba',
    kind: 'Uninstall, digits of a text file put together as a version',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'ELBA5',
          InstallLocation: 'C:\\ELBA5',
        },
      },
      files: {
        'C:\\ELBA5\\properties\\config.properties.defaults': {
          text: 'VERSION=5710\nSUBVERSION=R0004\n',
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
    finds: '5.7.1.0',
  },
  {
    id: 'flock',
    kind: 'Names of subkeys',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Flock\\Flock\\2.6.1 (en-US)': {},
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Flock\\Flock\\Extensions': {},
      },
      files: {},
    },
    finds: '2.6.1',
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
];
