/** What content can ask of a service. */
import type { ServiceProperty } from '../model/content.ts';
import type { Observation, ServiceInfo } from '../model/observation.ts';
import { observe, type Context } from './context.ts';
import { ABSENT, mapRead, present, textValue, unreadable, type Read } from './values.ts';

/** The service itself. */
export function serviceInfo(context: Context, name: string): Read<ServiceInfo> {
  return observe<'service'>(context, { kind: 'service', name });
}

/** A service's property. */
export function serviceProperty(context: Context, name: string, property: ServiceProperty): Read {
  return mapRead(serviceInfo(context, name), (info) => {
    switch (property) {
      case 'state':
        return present(textValue(info.state));
      case 'display-name':
        return present(textValue(info.displayName));
      case 'start':
        return nested(info.start);
      case 'account':
        return nested(info.account);
      case 'path':
        return nested(info.path);
    }
  });
}

function nested(observed: Observation<string>): Read {
  if (observed.state === 'present') return present(textValue(observed.value));
  return observed.state === 'absent' ? ABSENT : unreadable(observed.reason);
}
