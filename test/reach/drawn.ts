/** The random draw: what is on a machine that hits and on one that misses, for each script. Their content lies in `drawn/`. */
import type { ReachCase } from './cases.ts';

export type DrawnCase = Omit<ReachCase, 'kind'>;

export const DRAWN: readonly DrawnCase[] = [
  {
    id: 'schneider-exlhoist-configuration-software',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'eXLhoist Configuration Software',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'cyberbotics-webots',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Webots 1.2.3',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
          Publisher: 'Cyberbotics, Ltd.',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Webots 1.2.3',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
          Publisher: 'Fabrikam',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'abb-motsize',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'MotSize',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-orion-netpath',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds NetPath v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'solarwinds-dpa-integration-components',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds DPA Integration Components v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'yokogawa-daqworx',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'DAQWORX',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-basic-log-manager',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds Basic Log Manager for Orion v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'factorytalk-services-platform',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'FactoryTalk Services Platform',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'abb-mechanical-unit-manager',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'ABB Mechanical Unit Manager',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-orion-nta',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds NetFlow v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'k7-anti-virus-plus',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'K7AntiVirus Plus',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-active-diagnostics',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds Active Diagnostics v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'adobe-premiere-pro',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Adobe Premiere Pro',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'simatic-s7-pct',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SIMATIC S7-PCT V1.2.3',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-highavailability',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds HighAvailability',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'solarwinds-vman',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds Virtualization Manager v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'advantech-webaccess-hmi-designer',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'WebAccess/HMI Designer',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-agent',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds Agent v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'panasonic-fpwin-pro',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Panasonic-ID SUNX Control Control FPWIN Pro 7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'bridgeway-configuration-tool',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'BridgeWay Configuration Tool',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'profi-cash',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Profi cash',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'remote-desktop-client',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Remote Desktop',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'beckhoff-te5950-drive-manager',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Beckhoff TE5950 Drive Manager',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'schneider-motion-sizer',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Motion Sizer',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'serverscheck-monitoring',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'ServersCheck Monitoring Software 9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'schneider-opc-factory-server',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'OPC Factory Server v1.2.3',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'schneider-opc-server',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Schneider Electric - OPC-Server',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'abb-vsdsize',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'VsdSize',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'advantech-webaccess-mqtt-communication',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'WebAccess MQTT Communication',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'gnutls',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'GnuTLS',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'softing-opc-toolbox',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Softing OPC Toolbox',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-vnqm',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds VoIP and Network Quality Manager v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'solarwinds-virtual-infrastructure-monitor',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds Virtual Infrastructure Monitor v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'beckhoff-target-browser',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Beckhoff Target Browser',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'beckhoff-te5910-motion-designer',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Beckhoff TE5910 Motion Designer',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'adobe-brackets',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Brackets',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'factorytalk-alarms-events',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'FactoryTalk Alarms and Events',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-wpm',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds Web Performance Monitor v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'schneider-modbus-communication-dtm-library',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Schneider Electric Modbus Communication DTM Library',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'mercurial',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Mercurial',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'abb-drive-composer-pro',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Drive composer pro',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Drive composer pro Installer',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'rslinx-enterprise',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'RSLinx Enterprise',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'vipa-opc-server',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Vipa OPC Server',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'solarwinds-orion-qoe',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'SolarWinds Orion QoE v9.8.7',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '9.8.7',
    at: 'C:\\Program Files (x86)\\SolarWinds\\Orion',
  },
  {
    id: 'siemens-automation-license-manager',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Siemens Automation License Manager V6.0 + SP3 + Upd1',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '6.0.3.1',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'abb-license-manager',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'ABB License Manager',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'Other Program 9',
          DisplayVersion: '4.5.6',
          InstallLocation: 'C:\\Apps\\It\\',
        },
      },
      files: {},
    },
    finds: '4.5.6',
    at: 'C:\\Apps\\It',
  },
  {
    id: 'greenbrowser',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\G': {
          DisplayName: 'GreenBrowser 5',
          InstallLocation: 'C:\\GB\\',
        },
      },
      files: { 'C:\\GB\\GreenBrowser.exe': { productVersion: '5.8.1' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\G': {
          DisplayName: 'GreenBrowser 5',
          InstallLocation: 'C:\\GB\\',
        },
      },
      files: {},
    },
    finds: '5.8.1',
    at: 'C:\\GB',
  },
  {
    id: 'episerver-cms',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\EPiServer\\CMS': { ProductName: 'EPiServer CMS 7' },
        'HKLM\\SOFTWARE\\Wow6432Node\\EPiServer\\CMS\\A': { InstallPath: 'C:\\Epi' },
        'HKLM\\SOFTWARE\\Wow6432Node\\EPiServer\\CMS\\B': {
          InstallPath: 'C:\\EPiServer\\',
          VersionName: 'Version 7.0.586.1',
        },
      },
      files: {},
    },
    miss: { keys: { 'HKLM\\SOFTWARE\\Wow6432Node\\EPiServer\\CMS': { ProductName: 'EPiServer Commerce' } }, files: {} },
    finds: '7.0.586.1',
    at: 'C:\\EPiServer',
  },
  {
    id: 'seamonkey',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Mozilla\\SeaMonkey': { CurrentVersion: '2.53.9' },
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'SeaMonkey 2.53.9 (x86 en-US)',
          DisplayVersion: '2.53.9',
          InstallLocation: 'C:\\SM',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'SeaMonkey 2.53.9 (x86 en-US)',
          DisplayVersion: '2.53.9',
          InstallLocation: 'C:\\SM',
        },
      },
      files: {},
    },
    finds: '2.53.9',
    at: 'C:\\SM',
  },
  {
    id: 'cygwin',
    hit: { keys: { 'HKLM\\SOFTWARE\\Cygwin\\setup': { rootdir: 'C:\\cygwin64' } }, files: {} },
    miss: { keys: { 'HKLM\\SOFTWARE\\Cygwin\\setup': { rootdir: 'C:\\other' } }, files: {} },
    at: 'C:\\cygwin64',
  },
  {
    id: 'pgp-desktop',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\PGP Corporation\\PGP': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\P': {
          DisplayName: 'Symantec Encryption Desktop',
          DisplayVersion: '10.3.2',
          InstallLocation: 'C:\\PGP',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\P': {
          DisplayName: 'Symantec Encryption Desktop',
          DisplayVersion: '10.3.2',
        },
      },
      files: {},
    },
    finds: '10.3.2',
    at: 'C:\\PGP',
  },
  {
    id: 'ms-scom',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Setup': {
          Product: 'System Center Operations Manager 2012',
          ServerVersion: '7.0.8560.0',
          InstallDirectory: 'C:\\SCOM\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft Operations Manager\\3.0\\Setup': {
          Product: 'Agent',
          ServerVersion: '7.0',
        },
      },
      files: {},
    },
    finds: '7.0.8560.0',
    at: 'C:\\SCOM',
  },
  {
    id: 'panda-security-url-filtering-service',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\panda_url_filtering': {},
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Panda Security URL Filtering': {
          InstallLocation: 'C:\\Panda',
        },
      },
      files: { 'C:\\Panda\\Panda_URL_Filteringb.exe': { fileVersion: '2.0.1.25' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Panda Security URL Filtering': {
          InstallLocation: 'C:\\Panda',
        },
      },
      files: { 'C:\\Panda\\Panda_URL_Filteringb.exe': { fileVersion: '2.0.1.25' } },
    },
    finds: '2.0.1.25',
    at: 'C:\\Panda',
  },
  {
    id: 'ni-package-manager',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\N': {
          DisplayName: 'NI Package Manager 19.5',
          DisplayVersion: '19.5.0',
          DisplayIcon: 'C:\\NI\\pm\\pm.exe,0',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\N': {
          DisplayName: 'NI Package Manager',
          DisplayVersion: '19.5.0',
        },
      },
      files: {},
    },
    finds: '19.5.0',
    at: 'C:\\NI\\pm',
  },
  {
    id: 'nmap',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Nmap': {
          DisplayName: 'Nmap 7.92',
          DisplayVersion: '7.92',
          UninstallString: '"C:\\Program Files (x86)\\Nmap\\uninstall.exe"',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Nmap': {
          DisplayName: 'Nmap 7.92',
        },
      },
      files: {},
    },
    finds: '7.92',
    at: 'C:\\Program Files (x86)\\Nmap',
  },
  {
    id: 'codesys',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\C': {
          DisplayName: 'CODESYS V3.5',
          DisplayIcon: 'C:\\CS\\Codesys.exe',
        },
      },
      files: { 'C:\\CS\\Codesys.exe': { fileVersion: '3.5.16.10' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\C': {
          DisplayName: 'CODESYS Control',
          DisplayIcon: 'C:\\CS\\Codesys.exe',
        },
      },
      files: {},
    },
    finds: '3.5.16.10',
    at: 'C:\\CS',
  },
  {
    id: 'google-sketchup',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Google': {},
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'Google SketchUp 8',
          InstallLocation: 'C:\\SU\\',
        },
      },
      files: { 'C:\\SU\\SketchUp.exe': { fileVersion: '8.0.11752.0' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'Google SketchUp 8',
          InstallLocation: 'C:\\SU\\',
        },
      },
      files: { 'C:\\SU\\SketchUp.exe': { fileVersion: '8.0.11752.0' } },
    },
    finds: '8.0.11752.0',
    at: 'C:\\SU',
  },
  {
    id: 'advantech-webaccess-dashboard',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\D': {
          DisplayName: 'Advantech WebAccess Dashboard',
          DisplayVersion: '3.0.7',
          InstallSource: 'C:\\Setup\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\D': {
          DisplayName: 'WebAccess Node',
          DisplayVersion: '8',
        },
      },
      files: {},
    },
    finds: '3.0.7',
    at: 'C:\\Setup',
  },
  {
    id: 'visualization-library',
    hit: {
      files: {
        'C:\\Program Files\\Visualization_Library_SDK-2009.07\\include\\vl\\version.hpp': {
          text: '#define VL_Major 2009\n#define VL_Minor 7\n#define VL_Build 595\n',
        },
      },
      keys: {},
    },
    miss: {
      files: {
        'C:\\Program Files\\Visualization_Library_SDK-2009.07\\include\\vl\\version.hpp': { text: '#pragma once' },
      },
      keys: {},
    },
    finds: '2009.7.595',
    at: 'C:\\Program Files\\Visualization_Library_SDK-2009.07\\include\\vl',
  },
  {
    id: 'wireshark',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Wireshark': {
          DisplayName: 'Wireshark 3.6.3 64-bit',
          DisplayVersion: '3.6.3',
          UninstallString: '"C:\\Program Files\\Wireshark\\uninstall.exe"',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Wireshark': {
          DisplayName: 'Wireshark 3.6.3 64-bit',
        },
      },
      files: {},
    },
    finds: '3.6.3',
    at: 'C:\\Program Files\\Wireshark',
  },
  {
    id: 'mozilla',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\Mozilla.exe': {
          Path: 'C:\\Program Files (x86)\\mozilla.org\\Mozilla',
        },
      },
      files: { 'C:\\Program Files (x86)\\mozilla.org\\Mozilla\\mozilla.exe': { productVersion: '1.7.13' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\Mozilla.exe': {
          Path: 'C:\\Program Files (x86)\\mozilla.org\\Mozilla',
        },
      },
      files: {},
    },
    finds: '1.7.13',
    at: 'C:\\Program Files (x86)\\mozilla.org\\Mozilla',
  },
  {
    id: 'microsoft-edge-update-setup-chromium-based',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\EdgeUpdate': {
          version: '1.3.155.85',
          path: 'C:\\EU\\MicrosoftEdgeUpdate.exe',
        },
      },
      files: {},
    },
    miss: {
      keys: { 'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\EdgeUpdate': { path: 'C:\\EU\\MicrosoftEdgeUpdate.exe' } },
      files: {},
    },
    finds: '1.3.155.85',
    at: 'C:\\EU',
  },
  {
    id: 'dameware-remote-support',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\D': {
          DisplayName: 'DameWare Remote Support',
          InstallLocation: 'C:\\DW\\',
        },
      },
      files: { 'C:\\DW\\DNTU.exe': { fileVersion: '12.0.4.5007' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\D': {
          DisplayName: 'DameWare Mini Remote Control',
          InstallLocation: 'C:\\DW\\',
        },
      },
      files: {},
    },
    finds: '12.0.4.5007',
    at: 'C:\\DW',
  },
  {
    id: 'ms-pc-manager',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\PackageRepository\\Packages\\Microsoft.MicrosoftPCManager_3.8.3.0_x64__8wekyb3d8bbwe':
          { Path: 'C:\\Program Files\\WindowsApps\\Microsoft.MicrosoftPCManager_3.8.3.0_x64__8wekyb3d8bbwe' },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\PackageRepository\\Packages\\Microsoft.Other_1.0.0.0_x64__8':
          { Path: 'C:\\Program Files\\WindowsApps\\Microsoft.Other_1.0.0.0_x64__8' },
      },
      files: {},
    },
    finds: '3.8.3.0',
    at: 'C:\\Program Files\\WindowsApps\\Microsoft.MicrosoftPCManager_3.8.3.0_x64__8wekyb3d8bbwe',
  },
  {
    id: 'ms-raw-image-extension',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\PackageRepository\\Packages\\Microsoft.RawImageExtension_3.8.3.0_x64__8wekyb3d8bbwe':
          { Path: 'C:\\Program Files\\WindowsApps\\Microsoft.RawImageExtension_3.8.3.0_x64__8wekyb3d8bbwe' },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\PackageRepository\\Packages\\Microsoft.Other_1.0.0.0_x64__8':
          { Path: 'C:\\Program Files\\WindowsApps\\Microsoft.Other_1.0.0.0_x64__8' },
      },
      files: {},
    },
    finds: '3.8.3.0',
    at: 'C:\\Program Files\\WindowsApps\\Microsoft.RawImageExtension_3.8.3.0_x64__8wekyb3d8bbwe',
  },
  {
    id: 'sophos-safeguard',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Utimaco': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'Sophos SafeGuard Client 6.10',
          DisplayVersion: '6.10.0',
          InstallLocation: 'C:\\SG',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Sophos': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'Sophos SafeGuard Preinstall',
          DisplayVersion: '6.10.0',
        },
      },
      files: {},
    },
    finds: '6.10.0',
    at: 'C:\\SG',
  },
  {
    id: 'ua-uaexpert',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'UaExpert 1.6',
          DisplayVersion: '1.6.3',
          UninstallString: 'C:\\UA\\uaexpert\\uninstall.exe',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\E': {
          DisplayName: 'UaModeler',
          DisplayVersion: '1.6.3',
        },
      },
      files: {},
    },
    finds: '1.6.3',
    at: 'C:\\UA\\uaexpert',
  },
  {
    id: 'adobe-framemaker',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\F': {
          DisplayName: 'Adobe FrameMaker 2019',
          DisplayVersion: '15.0.5.838',
          InstallLocation: 'C:\\FM',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\F': {
          DisplayName: 'Adobe RoboHelp 2019',
          DisplayVersion: '15.0.5',
        },
      },
      files: {},
    },
    finds: '2019.0.5',
    at: 'C:\\FM',
  },
  {
    id: 'adobe-acrobat-reader-dc-cont',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\A': {
          DisplayName: 'Adobe Acrobat Reader DC',
          DisplayVersion: '21.001.20135',
          InstallLocation: 'C:\\Program Files (x86)\\Adobe\\Acrobat Reader DC\\',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\A': {
          DisplayName: 'Spelling Dictionaries for Adobe Acrobat Reader DC',
          DisplayVersion: '21.1',
          InstallLocation: 'C:\\Acrobat Reader DC',
        },
      },
      files: {},
    },
    finds: '21.001.20135',
    at: 'C:\\Program Files (x86)\\Adobe\\Acrobat Reader DC',
  },
  {
    id: 'firebird',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Firebird Project\\Firebird Server': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\F': {
          DisplayName: 'Firebird 2.5.9',
          InstallLocation: 'C:\\FB\\',
        },
      },
      files: { 'C:\\FB\\bin\\fbserver.exe': { fileVersion: '2.5.9.27139' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\F': {
          DisplayName: 'Firebird 2.5.9',
          InstallLocation: 'C:\\FB\\',
        },
      },
      files: { 'C:\\FB\\bin\\fbserver.exe': { fileVersion: '2.5.9.27139' } },
    },
    finds: '2.5.9.27139',
    at: 'C:\\FB',
  },
  {
    id: 'symantec-antivirus-engine',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'Symantec Endpoint Protection Manager',
          InstallLocation: 'C:\\SEPM',
        },
        'HKLM\\SOFTWARE\\Symantec\\SharedDefs\\SymcData-spcVirDef32': { SesmInstallApp: 'C:\\Defs' },
        'HKLM\\SOFTWARE\\Symantec\\SharedDefs\\SymcData-spcVirDef64': { SesmInstallApp: 'C:\\Defs64' },
      },
      files: {
        'C:\\Defs\\naveng32.dll': { fileVersion: '20.1.1.2' },
        'C:\\Defs64\\naveng32.dll': { fileVersion: '99.0.0.0' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\S': {
          DisplayName: 'Symantec Endpoint Protection Manager',
          InstallLocation: 'C:\\SEPM',
        },
      },
      files: {},
    },
    finds: '20.1.1.2',
    at: 'C:\\SEPM',
  },
  {
    id: 'rsa-auth-agent',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\RSAACEAgents\\Web': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\R': {
          DisplayName: 'RSA Authentication Agent for Web for IIS',
          DisplayVersion: '7.1.2',
          InstallLocation: 'C:\\RSA',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\RSAACEAgents\\Web': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\R': {
          DisplayName: 'RSA Authentication Agent',
          DisplayVersion: '7.1.2',
        },
      },
      files: {},
    },
    finds: '7.1.2',
    at: 'C:\\RSA',
  },
  {
    id: 'asp-dotnet-core',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\ASP.NET Core\\Runtime Package Store\\v2.2': {},
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\A': {
          DisplayName: 'Microsoft ASP.NET Core 2.2.8 Shared Framework (x64)',
        },
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\R': {
          DisplayName: 'Microsoft .NET Core 2.2.8 - Runtime',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\A': { DisplayName: 'Microsoft Silverlight' },
      },
      files: {},
    },
    finds: '2.2.8',
  },
  {
    id: 'ms-kb3115248',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\14.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office14\\oartconv.dll': { fileVersion: '14.0.7210.4999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\14.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office14\\oartconv.dll': { fileVersion: '14.0.7210.5000' } },
    },
    patch: 'KB3115248',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5002780',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '16.0.5517.999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '16.0.5517.1000' } },
    },
    patch: 'KB5002780',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4056891',
    hit: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.15063.849' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.15063.850' } }, keys: {} },
    patch: 'KB4056891',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4532691',
    hit: { files: { 'C:\\Windows\\System32\\User32.dll': { fileVersion: '10.0.17763.1038' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\User32.dll': { fileVersion: '10.0.17763.1039' } }, keys: {} },
    patch: 'KB4532691',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5002139',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '16.0.5290.999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '16.0.5290.1000' } },
    },
    patch: 'KB5002139',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5002124',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\15.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office15\\acecore.dll': { fileVersion: '15.0.5415.1000' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\15.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office15\\acecore.dll': { fileVersion: '15.0.5415.1001' } },
    },
    patch: 'KB5002124',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4484507',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\excel.exe': { fileVersion: '16.0.5056.999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\excel.exe': { fileVersion: '16.0.5056.1000' } },
    },
    patch: 'KB4484507',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4484160',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\14.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office14\\graph.exe': { fileVersion: '14.0.7241.4999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\14.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office14\\graph.exe': { fileVersion: '14.0.7241.5000' } },
    },
    patch: 'KB4484160',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4493472',
    hit: { files: { 'C:\\Windows\\System32\\Ntdll.dll': { fileVersion: '6.1.7601.24407' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\Ntdll.dll': { fileVersion: '6.1.7601.24408' } }, keys: {} },
    patch: 'KB4493472',
    windows: 'windows-7-sp1',
  },
  {
    id: 'ms-kb4018396',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '15.0.5031.999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '15.0.5031.1000' } },
    },
    patch: 'KB4018396',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4471327',
    hit: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.15063.1505' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.15063.1506' } }, keys: {} },
    patch: 'KB4471327',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5002033',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Microsoft Office\\root\\VFS\\ProgramFilesCommonX86\\Microsoft Shared\\Office16\\mso.dll': {
          fileVersion: '16.0.5254.1000',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Microsoft Office\\root\\VFS\\ProgramFilesCommonX86\\Microsoft Shared\\Office16\\mso.dll': {
          fileVersion: '16.0.5254.1001',
        },
      },
    },
    patch: 'KB5002033',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4493176',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\excel.exe': { fileVersion: '15.0.5311.999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\excel.exe': { fileVersion: '15.0.5311.1000' } },
    },
    patch: 'KB4493176',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4516058',
    hit: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.17134.1005' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.17134.1006' } }, keys: {} },
    patch: 'KB4516058',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4092467',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\xlview.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\xlview.exe': { fileVersion: '12.0.6803.4999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\xlview.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\xlview.exe': { fileVersion: '12.0.6803.5000' } },
    },
    patch: 'KB4092467',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb3172524',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\15.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Common Files\\Microsoft Shared\\Source Engine\\ose.exe': { fileVersion: '15.0.4971.999' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\15.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Common Files\\Microsoft Shared\\Source Engine\\ose.exe': { fileVersion: '15.0.4971.1000' },
      },
    },
    patch: 'KB3172524',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5001960',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '15.0.5389.999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '15.0.5389.1000' } },
    },
    patch: 'KB5001960',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4512497',
    hit: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.10240.18304' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.10240.18305' } }, keys: {} },
    patch: 'KB4512497',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4049164',
    hit: { files: { 'C:\\Windows\\System32\\drivers\\ntfs.sys': { fileVersion: '6.0.6002.24214' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\drivers\\ntfs.sys': { fileVersion: '6.0.6002.24215' } }, keys: {} },
    patch: 'KB4049164',
    windows: 'server-2008',
  },
  {
    id: 'ms-kb4088786',
    hit: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.10240.17796' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.10240.17797' } }, keys: {} },
    patch: 'KB4088786',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4011715',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\12.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Common Files\\Microsoft Shared\\Office12\\Mso.dll': { fileVersion: '12.0.6785.4999' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\12.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Common Files\\Microsoft Shared\\Office12\\Mso.dll': { fileVersion: '12.0.6785.5000' },
      },
    },
    patch: 'KB4011715',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4032233',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Microsoft Office\\root\\VFS\\ProgramFilesCommonX86\\Microsoft Shared\\Office16\\mso.dll': {
          fileVersion: '16.0.4732.999',
        },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Microsoft Office\\root\\VFS\\ProgramFilesCommonX86\\Microsoft Shared\\Office16\\mso.dll': {
          fileVersion: '16.0.4732.1000',
        },
      },
    },
    patch: 'KB4032233',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4011222',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '16.0.4600.1001' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '16.0.4600.1002' } },
    },
    patch: 'KB4011222',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4493203',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\15.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office15\\graph.exe': { fileVersion: '15.0.5327.999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\15.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office15\\graph.exe': { fileVersion: '15.0.5327.1000' } },
    },
    patch: 'KB4493203',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4556836',
    hit: { files: { 'C:\\Windows\\System32\\Mshtml.dll': { fileVersion: '11.0.9600.19698' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\Mshtml.dll': { fileVersion: '11.0.9600.19699' } }, keys: {} },
    patch: 'KB4556836',
    windows: 'windows-7-sp1',
  },
  {
    id: 'ms-kb5002756',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Common Files\\Microsoft Shared\\Office16\\Mso.dll': { fileVersion: '16.0.5513.999' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\16.0\\Common\\InstallRoot': {
          Path: 'C:\\Program Files\\Microsoft Office\\',
        },
      },
      files: {
        'C:\\Program Files\\Common Files\\Microsoft Shared\\Office16\\Mso.dll': { fileVersion: '16.0.5513.1000' },
      },
    },
    patch: 'KB5002756',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4486703',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '14.0.7261.4999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\winword.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\winword.exe': { fileVersion: '14.0.7261.5000' } },
    },
    patch: 'KB4486703',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb3191833',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\xlview.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\xlview.exe': { fileVersion: '12.0.6771.4999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\xlview.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\xlview.exe': { fileVersion: '12.0.6771.5000' } },
    },
    patch: 'KB3191833',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4011675',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\excel.exe': { fileVersion: '14.0.7195.4999' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\Office16\\',
        },
      },
      files: { 'C:\\Program Files\\Microsoft Office\\Office16\\excel.exe': { fileVersion: '14.0.7195.5000' } },
    },
    patch: 'KB4011675',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4041691',
    hit: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.14393.1769' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.14393.1770' } }, keys: {} },
    patch: 'KB4041691',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4088876',
    hit: { files: { 'C:\\Windows\\System32\\urlmon.dll': { fileVersion: '11.0.9600.18938' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\urlmon.dll': { fileVersion: '11.0.9600.18939' } }, keys: {} },
    patch: 'KB4088876',
    windows: 'windows-8.1',
  },
  {
    id: 'ms-kb4484354',
    hit: {
      keys: {},
      files: { 'C:\\Program Files\\Microsoft Office\\Office15\\graph.exe': { fileVersion: '15.0.5267.999' } },
    },
    miss: {
      keys: {},
      files: { 'C:\\Program Files\\Microsoft Office\\Office15\\graph.exe': { fileVersion: '15.0.5267.1000' } },
    },
    patch: 'KB4484354',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5035849',
    hit: { files: { 'C:\\Windows\\System32\\ntoskrnl.exe': { fileVersion: '10.0.17763.5575' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\ntoskrnl.exe': { fileVersion: '10.0.17763.5576' } }, keys: {} },
    patch: 'KB5035849',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5022338',
    hit: { files: { 'C:\\Windows\\System32\\ntoskrnl.exe': { fileVersion: '6.1.7601.26320' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\ntoskrnl.exe': { fileVersion: '6.1.7601.26321' } }, keys: {} },
    patch: 'KB5022338',
    windows: 'windows-7-sp1',
  },
  {
    id: 'ms-kb4048955',
    hit: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.16299.63' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.16299.64' } }, keys: {} },
    patch: 'KB4048955',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5018457',
    hit: { files: { 'C:\\Windows\\System32\\advapi32.dll': { fileVersion: '6.2.9200.23918' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\advapi32.dll': { fileVersion: '6.2.9200.23919' } }, keys: {} },
    patch: 'KB5018457',
    windows: 'server-2012',
  },
  {
    id: 'ms-kb4566782',
    hit: { files: { 'C:\\Windows\\System32\\Gdiplus.dll': { fileVersion: '10.0.19041.449' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\Gdiplus.dll': { fileVersion: '10.0.19041.450' } }, keys: {} },
    patch: 'KB4566782',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4530715',
    hit: { files: { 'C:\\Windows\\System32\\Rdpcorets.dll': { fileVersion: '10.0.17763.913' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\Rdpcorets.dll': { fileVersion: '10.0.17763.914' } }, keys: {} },
    patch: 'KB4530715',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4022717',
    hit: { files: { 'C:\\Windows\\System32\\Win32k.sys': { fileVersion: '6.3.9600.18697' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\Win32k.sys': { fileVersion: '6.3.9600.18698' } }, keys: {} },
    patch: 'KB4022717',
    windows: 'windows-8.1',
  },
  {
    id: 'ms-kb4577066',
    hit: { files: { 'C:\\Windows\\System32\\Win32k.sys': { fileVersion: '6.3.9600.19814' } }, keys: {} },
    miss: { files: { 'C:\\Windows\\System32\\Win32k.sys': { fileVersion: '6.3.9600.19815' } }, keys: {} },
    patch: 'KB4577066',
    windows: 'windows-8.1',
  },
  {
    id: 'ms-kb5012331',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\.NETFramework': { InstallRoot: 'C:\\Windows\\Microsoft.NET\\Framework64\\' },
        'HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319': {},
        'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full': {
          InstallPath: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\',
        },
      },
      files: {
        'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\System.web.dll': { fileVersion: '4.8.4400.0' },
        'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.19041.1' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full': {
          InstallPath: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\',
        },
      },
      files: {
        'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\System.web.dll': { fileVersion: '4.8.4494.3' },
        'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.19041.1' },
      },
    },
    patch: 'KB5012331',
    windows: 'windows-8.1',
  },
  {
    id: 'ms-kb4556399',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\.NETFramework': { InstallRoot: 'C:\\Windows\\Microsoft.NET\\Framework64\\' },
        'HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319': {},
        'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full': {
          InstallPath: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\',
        },
      },
      files: {
        'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\System.identitymodel.dll': { fileVersion: '4.7.3600.0' },
        'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.19041.1' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full': {
          InstallPath: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\',
        },
      },
      files: {
        'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\System.identitymodel.dll': { fileVersion: '4.8.4180.0' },
        'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.19041.1' },
      },
    },
    patch: 'KB4556399',
    windows: 'windows-7-sp1',
  },
  {
    id: 'ms-kb5050188',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\.NETFramework': { InstallRoot: 'C:\\Windows\\Microsoft.NET\\Framework64\\' },
      },
      files: {
        'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.19041.5' },
        'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Mscorlib.dll': { fileVersion: '4.8.9289.0' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\.NETFramework': { InstallRoot: 'C:\\Windows\\Microsoft.NET\\Framework64\\' },
      },
      files: {
        'C:\\Windows\\System32\\edgehtml.dll': { fileVersion: '11.0.19041.5' },
        'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Mscorlib.dll': { fileVersion: '4.8.9290.0' },
      },
    },
    patch: 'KB5050188',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4475522',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Office15.OSERVER': {
          InstallLocation: 'C:\\OS',
          DisplayVersion: '15.0.4420.1017',
        },
      },
      files: { 'C:\\OS\\15.0\\Bin\\microsoft.sharepoint.publishing.dll': { fileVersion: '15.0.5145.500' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Office15.OSERVER': {
          InstallLocation: 'C:\\OS',
          DisplayVersion: '15.0.4420.1017',
        },
      },
      files: { 'C:\\OS\\15.0\\Bin\\microsoft.sharepoint.publishing.dll': { fileVersion: '15.0.5145.1000' } },
    },
    patch: 'KB4475522',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb3213559',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Office15.OSERVER': {
          InstallLocation: 'C:\\OS',
          DisplayVersion: '15.0.4420.1017',
        },
      },
      files: { 'C:\\OS\\15.0\\Bin\\xlsrv.dll': { fileVersion: '15.0.4900.1' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Office15.OSERVER': {
          InstallLocation: 'C:\\OS',
          DisplayVersion: '15.0.4420.1017',
        },
      },
      files: { 'C:\\OS\\15.0\\Bin\\xlsrv.dll': { fileVersion: '15.0.4945.1000' } },
    },
    patch: 'KB3213559',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4509410',
    hit: {
      keys: { 'HKLM\\SOFTWARE\\Microsoft\\ExchangeServer\\v14\\Setup': { MsiInstallPath: 'C:\\Ex\\' } },
      files: { 'C:\\Ex\\Bin\\ExSetup.exe': { fileVersion: '14.3.461.1' } },
    },
    miss: {
      keys: { 'HKLM\\SOFTWARE\\Microsoft\\ExchangeServer\\v14\\Setup': { MsiInstallPath: 'C:\\Ex\\' } },
      files: { 'C:\\Ex\\Bin\\ExSetup.exe': { fileVersion: '14.3.468.0' } },
    },
    patch: 'KB4509410',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4464544',
    hit: {
      keys: { 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\visio.exe': { Path: 'C:\\Of\\' } },
      files: { 'C:\\Of\\visio.exe': { fileVersion: '15.0.5233.900' } },
    },
    miss: {
      keys: { 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\visio.exe': { Path: 'C:\\Of\\' } },
      files: { 'C:\\Of\\visio.exe': { fileVersion: '15.0.5233.1000' } },
    },
    patch: 'KB4464544',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4019095',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\Instance Names\\SQL': { MSSQLSERVER: 'MSSQL13.MSSQLSERVER' },
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\MSSQL13.MSSQLSERVER\\Setup': {
          SQLPath: 'C:\\SQL',
          PatchLevel: '13.0.4435.0',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\Instance Names\\SQL': { MSSQLSERVER: 'MSSQL13.MSSQLSERVER' },
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\MSSQL13.MSSQLSERVER\\Setup': {
          SQLPath: 'C:\\SQL',
          PatchLevel: '13.0.4446.0',
        },
      },
      files: {},
    },
    patch: 'KB4019095',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb4019090',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\Instance Names\\SQL': { MSSQLSERVER: 'MSSQL11.MSSQLSERVER' },
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\MSSQL11.MSSQLSERVER\\Setup': {
          SQLPath: 'C:\\SQL',
          PatchLevel: '11.0.6518.0',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\Instance Names\\SQL': { MSSQLSERVER: 'MSSQL11.MSSQLSERVER' },
        'HKLM\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\MSSQL11.MSSQLSERVER\\Setup': {
          SQLPath: 'C:\\SQL',
          PatchLevel: '11.0.6607.3',
        },
      },
      files: {},
    },
    patch: 'KB4019090',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb5002746',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\powerpnt.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\OFFICE15\\',
        },
      },
      files: {
        'C:\\Program Files\\Microsoft Office\\OFFICE15\\powerpnt.exe': { fileVersion: '16.0.5500.1' },
        'C:\\Program Files\\Microsoft Office\\OFFICE15\\ppcore.dll': { fileVersion: '16.0.5507.1000' },
      },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\powerpnt.exe': {
          Path: 'C:\\Program Files\\Microsoft Office\\OFFICE15\\',
        },
      },
      files: {
        'C:\\Program Files\\Microsoft Office\\OFFICE15\\powerpnt.exe': { fileVersion: '16.0.5500.1' },
        'C:\\Program Files\\Microsoft Office\\OFFICE15\\ppcore.dll': { fileVersion: '16.0.5508.1000' },
      },
    },
    patch: 'KB5002746',
    windows: 'windows-10-22h2',
  },
];

/** What was hardest in the rest of the feed. */
export const HARDEST: readonly DrawnCase[] = [
  {
    id: 'ms-kb5004955',
    hit: {
      keys: { 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\Printers\\PointAndPrint': { UpdatePromptSettings: 1 } },
      services: { Spooler: { state: 'running' } },
      files: { 'C:\\Windows\\System32\\spoolsv.exe': { fileVersion: '10.0.19041.1083' } },
    },
    miss: {
      services: { Spooler: { state: 'running' } },
      files: { 'C:\\Windows\\System32\\spoolsv.exe': { fileVersion: '10.0.19041.1083' } },
      keys: {},
    },
    patch: 'KB5004955',
    windows: 'windows-10-22h2',
  },
  {
    id: 'ms-kb3177467',
    hit: {
      files: {
        'C:\\Windows\\WinSxS\\a_6.1.7601.17514\\smiengine.dll': { fileVersion: '6.1.7601.17514' },
        'C:\\Windows\\WinSxS\\a_6.1.7601.23000\\smiengine.dll': { fileVersion: '6.1.7601.23000' },
      },
      keys: {},
    },
    miss: {
      files: {
        'C:\\Windows\\WinSxS\\a_6.1.7601.17514\\smiengine.dll': { fileVersion: '6.1.7601.17514' },
        'C:\\Windows\\WinSxS\\a_6.1.7601.23505\\smiengine.dll': { fileVersion: '6.1.7601.23505' },
      },
      keys: {},
    },
    patch: 'KB3177467',
    windows: 'windows-7-sp1',
  },
  {
    id: 'adobe-dng-converter',
    hit: { files: { 'C:\\Tools\\Adobe\\Adobe DNG Converter.exe': { fileVersion: '12.4.0.555' } }, keys: {} },
    miss: { files: { 'C:\\Tools\\Adobe\\Adobe Bridge.exe': { fileVersion: '12.4.0.555' } }, keys: {} },
    finds: '12.4.0.555',
    at: 'C:\\Tools\\Adobe',
  },
  {
    id: 'gemalto-sentinel',
    hit: {
      files: {
        'C:\\Program Files\\Vendor\\bin\\ux32w.dll': { fileVersion: '1.3.2.0' },
        'C:\\Program Files (x86)\\Other\\ux32w.dll': { fileVersion: '1.2.0.0' },
      },
      keys: {},
    },
    miss: { files: { 'C:\\Windows\\ux32w.dll': { fileVersion: '1.3.2.0' } }, keys: {} },
    finds: '1.3.2.0',
    at: 'C:\\Program Files\\Vendor\\bin',
  },
  {
    id: 'google-chrome',
    hit: {
      keys: {
        'HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Google Chrome': {
          DisplayName: 'Google Chrome',
          Version: '89.0.4389.90',
          InstallLocation: 'C:\\Users\\ann\\Chrome',
        },
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Group Policy\\S-1-5-21-1-2-3-1001': {},
      },
      files: {},
    },
    miss: {
      keys: {
        'HKU\\S-1-5-21-1-2-3-1001\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Google Chrome': {
          DisplayName: 'Google Chrome',
          Version: '89.0.4389.90',
        },
      },
      files: {},
    },
    finds: '89.0.4389.90',
    at: 'C:\\Users\\ann\\Chrome',
  },
  {
    id: 'traeger-opcmanager',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\O': {
          DisplayName: 'OPCmanager',
          UninstallString: '"C:\\Windows\\remove.exe" -u "C:\\OPC\\Manager\\install.log"',
        },
      },
      files: { 'C:\\OPC\\Manager\\OPCmanager.exe': { fileVersion: '3.5.1.2' } },
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\O': {
          DisplayName: 'OPC Expert',
          UninstallString: '-u "C:\\OPC\\Manager\\install.log"',
        },
      },
      files: {},
    },
    finds: '3.5.1.2',
    at: 'C:\\OPC\\Manager',
  },
  {
    id: 'pactware',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\P': {
          DisplayName: 'PACTware 5.0 SP3',
          DisplayVersion: '5.0.3',
          InstallLocation: 'C:\\PW',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\P': {
          DisplayName: 'PACTware Service',
          DisplayVersion: '5.0.3',
        },
      },
      files: {},
    },
    finds: '5.0sp3',
    at: 'C:\\PW',
  },
  {
    id: 'ms-office-click2run',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration': {
          VersionToReport: '16.0.12527.22286',
          InstallationPath: 'C:\\Program Files\\Microsoft Office',
          Platform: 'x64',
          CDNBaseUrl: 'http://cdn.example/pr/7ffbc6bf-bc32-4f92-8982-f9dd17fd3114',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration': {
          VersionToReport: '16.0.12527.22286',
          CDNBaseUrl: 'http://cdn.example/pr/other',
        },
      },
      files: {},
    },
    finds: '16.0.12527.22286',
    at: 'C:\\Program Files\\Microsoft Office',
  },
  {
    id: 'flexera-installshield',
    hit: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\InstallShield': {},
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\I': {
          DisplayName: 'InstallShield 2015',
          DisplayVersion: '22.0.330',
          InstallLocation: 'C:\\IS',
        },
      },
      files: {},
    },
    miss: {
      keys: {
        'HKLM\\SOFTWARE\\Wow6432Node\\InstallShield': {},
        'HKLM\\SOFTWARE\\Wow6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\I': {
          DisplayName: 'InstallShield',
          DisplayVersion: '19.0.1',
          InstallLocation: 'C:\\IS',
        },
      },
      files: {},
    },
    finds: '22.0.330',
    at: 'C:\\IS',
  },
];
