/**
 * The report's own script, given to the page as text: filters, and buttons that lead to the source. It builds nothing from
 * strings and calls nothing but the editor's message channel.
 */
export const REPORT_SCRIPT = `
'use strict';
(() => {
  const editor = acquireVsCodeApi();
  const filter = document.querySelector('.filter');
  const [text, status, severity] = ['.filter-text', '.filter-status', '.filter-severity'].map((name) => filter.querySelector(name));
  const [shown, none, clear] = ['.filter-shown', '.filter-none', '.filter-clear'].map((name) => document.querySelector(name));
  const rows = [...document.querySelectorAll('.patch')].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
    status: element.dataset.status,
    severity: element.dataset.severity,
  }));
  const groups = [...document.querySelectorAll('.status')].map((element) => ({
    element,
    wasOpen: element.open,
    rows: rows.filter((row) => element.contains(row.element)),
  }));
  const offer = (select, name) => {
    for (const value of new Set(rows.map((row) => row[name]))) select.add(new Option(value, value));
  };
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    const isFiltered = wanted !== '' || status.value !== '' || severity.value !== '';
    let count = 0;
    for (const row of rows) {
      const fits =
        (status.value === '' || row.status === status.value) &&
        (severity.value === '' || row.severity === severity.value) &&
        (wanted === '' || row.text.includes(wanted));
      row.element.hidden = !fits;
      row.fits = fits;
      if (fits) count++;
    }
    for (const group of groups) {
      const fitting = group.rows.filter((row) => row.fits).length;
      group.element.hidden = fitting === 0;
      group.element.querySelector('.count').textContent =
        fitting === group.rows.length ? String(fitting) : fitting + ' / ' + group.rows.length;
      if (group.wasOpen !== undefined) group.element.open = isFiltered ? true : group.wasOpen;
    }
    shown.textContent = isFiltered ? count + ' / ' + rows.length : String(rows.length);
    none.hidden = count > 0;
    clear.hidden = !isFiltered;
    editor.setState({ text: text.value, status: status.value, severity: severity.value });
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('.source-link');
    if (!button) return;
    event.preventDefault();
    editor.postMessage({ source: Number(button.dataset.source) });
  });
  if (rows.length === 0) return;
  filter.hidden = false;
  offer(status, 'status');
  offer(severity, 'severity');
  const before = editor.getState();
  if (before) {
    text.value = before.text;
    // A choice that this report does not offer falls back to all.
    for (const [select, value] of [[status, before.status], [severity, before.severity]])
      if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
  for (const control of [text, status, severity]) control.addEventListener('input', apply);
  clear.addEventListener('click', () => {
    text.value = status.value = severity.value = '';
    apply();
    text.focus();
  });
  apply();
})();
`;
