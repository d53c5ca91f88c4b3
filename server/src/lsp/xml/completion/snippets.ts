/** Whole elements to begin with. A `\$` is a dollar of the text itself. */
import { NAMESPACE } from '../../../patchxml/schema.ts';

export interface XmlSnippet {
  readonly label: string;
  readonly detail: string;
  /** The type of element that it is, which says where it can stand. */
  readonly type: string;
  /** From the `<` on. */
  readonly text: string;
}

/** For a file in which nothing stands. */
export const FILE_SNIPPET: XmlSnippet = {
  label: 'patches ...',
  detail: 'a file of patch definitions',
  type: 'patches',
  text: ['<?xml version="1.0" encoding="utf-8"?>', `<patches xmlns="${NAMESPACE}">`, '  $0', '</patches>', ''].join(
    '\n',
  ),
};

export const XML_SNIPPETS: readonly XmlSnippet[] = [
  {
    label: 'product ...',
    detail: 'a product found by its Uninstall entry',
    type: 'product',
    text: [
      '<product id="${1:vendor.name}" title="${2:Name}" vendor="${3:Vendor}">',
      '  <each name="app" in="programs">',
      '    <where><name of="app.name" starts-with="${2:Name}"/></where>',
      '  </each>',
      '  <let name="location"><name of="app.location"/></let>',
      '  <let name="version">',
      '    <file path="\\${location}\\\\${4:program.exe}" property="version"/>',
      '    <else><name of="app.version"/></else>',
      '  </let>',
      '  <installed-when><file path="\\${location}\\\\${4:program.exe}" exists="true"/></installed-when>',
      '  <one-per name="location"/>',
      '</product>',
    ].join('\n'),
  },
  {
    label: 'patch ...',
    detail: 'a patch that is there from a version on',
    type: 'patch',
    text: [
      '<patch id="${1:ID}" title="${2:Title}" severity="${3|critical,important,moderate,low,unrated|}" released="${4:2026-01-13}">',
      '  <fixes><product ref="${5:vendor.name}"/></fixes>',
      '  <installed-when><name of="version" at-least="${6:1.0}"/></installed-when>',
      '</patch>',
    ].join('\n'),
  },
  {
    label: 'bulletin ...',
    detail: 'patches that share what is said of them',
    type: 'bulletin',
    text: [
      '<bulletin id="${1:ID}" title="${2:Title}" severity="${3|critical,important,moderate,low,unrated|}" released="${4:2026-01-13}">',
      '  <patch id="${5:KB5000000}">',
      '    <fixes><windows ref="${6:windows-10-22h2}"/></fixes>',
      '    <installed-when><name of="windows.version" at-least="${7:10.0.19045.1}"/></installed-when>',
      '  </patch>',
      '</bulletin>',
    ].join('\n'),
  },
  {
    label: 'check ...',
    detail: 'a condition with parameters, used by its name',
    type: 'check',
    text: [
      '<check id="${1:name}">',
      '  <parameter name="${2:path}"/>',
      '  <file path="\\${${2:path}}" exists="true"/>$0',
      '</check>',
    ].join('\n'),
  },
  {
    label: 'each ... in programs',
    detail: 'an Uninstall entry after another',
    type: 'each',
    text: [
      '<each name="${1:app}" in="programs">',
      '  <where><name of="${1:app}.name" starts-with="${2:Name}"/></where>',
      '</each>',
    ].join('\n'),
  },
  {
    label: 'each ... in keys',
    detail: 'a registry key after another',
    type: 'each',
    text: '<each name="${1:k}" in="keys" pattern="HKLM\\\\SOFTWARE\\\\${2:Vendor}\\\\*" view="both"/>',
  },
  {
    label: 'let ... in programs',
    detail: 'an Uninstall entry looked up for what was found',
    type: 'first',
    text: [
      '<first name="${1:entry}" in="programs">',
      '  <where><name of="${1:entry}.name" starts-with="${2:Name}"/></where>',
      '</first>',
    ].join('\n'),
  },
  {
    label: 'let ... else',
    detail: 'a value, and another where it is absent',
    type: 'let',
    text: [
      '<let name="${1:name}">',
      '  <name of="${2:first}"/>',
      '  <else><name of="${3:second}"/></else>',
      '</let>',
    ].join('\n'),
  },
  {
    label: 'any ... in files',
    detail: 'some file for which it holds',
    type: 'any',
    text: [
      '<any name="${1:f}" in="files" pattern="${2:%ProgramFiles%\\\\*.dll}">',
      '  <name of="${1:f}.version" at-least="${3:1.0}"/>',
      '</any>',
    ].join('\n'),
  },
  {
    label: 'reaches ...',
    detail: 'a fixed version for each branch',
    type: 'reaches',
    text: [
      '<reaches>',
      '  <row fixed="${1:10.0.17763.1}"/>',
      '  <row fixed="${2:10.0.19045.1}" from="${3:10.0.19041.0}"/>',
      '</reaches>',
    ].join('\n'),
  },
];
