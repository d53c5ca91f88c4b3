/**
 * The report's own script, given to the page as text. Patches come as a message, and only those that can be seen stand in
 * the page: five thousand scroll like fifty. What is put into the page is the server's, escaped there; were it not, nothing
 * in it could run, because the page's policy lets only this script run.
 */
export const REPORT_SCRIPT = `
'use strict';
(() => {
  const editor = acquireVsCodeApi();
  const filter = document.querySelector('.filter');
  const [text, status, severity] = ['.filter-text', '.filter-status', '.filter-severity'].map((name) => filter.querySelector(name));
  const [shown, none, clear] = ['.filter-shown', '.filter-none', '.filter-clear'].map((name) => document.querySelector(name));
  const list = document.querySelector('.rows');
  const FOLDED_HEIGHT = 34, HEAD_HEIGHT = 48, BEYOND = 400;
  let patches = [], items = [], tops = [0];
  const heights = new Map(), isOpen = new Map(), foldedGroups = new Map(), drawn = new Map();
  const NEEDS_NO_ACTION = (name) => name !== 'missing' && name !== 'unknown';

  const plainText = (markup) => markup.replace(/<[^>]*>/g, ' ').replace(/&#(\\d+);/g, (_, code) => String.fromCharCode(code)).replace(/\\s+/g, ' ').toLowerCase();
  const estimate = (item) => heights.get(item.key) ?? (item.head ? HEAD_HEIGHT : FOLDED_HEIGHT);

  const place = () => {
    tops = [0];
    for (const item of items) tops.push(tops[tops.length - 1] + estimate(item));
    list.style.height = tops[items.length] + 'px';
  };
  const indexAt = (offset) => {
    let low = 0, high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tops[middle + 1] <= offset) low = middle + 1; else high = middle;
    }
    return low;
  };

  const resized = new ResizeObserver((entries) => {
    let changed = false;
    for (const { target } of entries) {
      if (!target.isConnected) continue;
      const height = target.offsetHeight;
      if (height > 0 && height !== heights.get(target.dataset.key)) {
        heights.set(target.dataset.key, height);
        changed = true;
      }
    }
    if (changed) redraw();
  });

  const drawHead = (element, item) => {
    element.className = 'status-head ' + item.status.replaceAll(' ', '-');
    const heading = document.createElement('h3'), button = document.createElement('button'), count = document.createElement('span');
    button.type = 'button';
    button.className = 'fold';
    button.setAttribute('aria-expanded', String(!item.folded));
    button.textContent = item.status.charAt(0).toUpperCase() + item.status.slice(1) + ' ';
    count.className = 'count';
    count.textContent = item.fitting === item.total ? String(item.total) : item.fitting + ' / ' + item.total;
    button.append(count);
    button.addEventListener('click', () => { foldedGroups.set(item.status, !item.folded); apply(); list.querySelector('[data-key="' + item.key + '"] button')?.focus(); });
    heading.append(button);
    element.append(heading);
  };
  const drawPatch = (element, item) => {
    element.className = 'status ' + item.status.replaceAll(' ', '-');
    element.innerHTML = item.patch.html;
    const details = element.querySelector('details.patch');
    if (!details) return;
    if (isOpen.has(item.key)) details.open = isOpen.get(item.key);
    details.addEventListener('toggle', () => isOpen.set(item.key, details.open));
  };
  const draw = (item) => {
    const element = document.createElement('div');
    element.dataset.key = item.key;
    element.setAttribute('role', 'listitem');
    element.tabIndex = -1;
    (item.head ? drawHead : drawPatch)(element, item);
    return element;
  };

  const redraw = () => {
    place();
    const start = -list.getBoundingClientRect().top;
    const first = indexAt(start - BEYOND), last = Math.min(items.length, indexAt(start + innerHeight + BEYOND) + 1);
    const wanted = new Set();
    for (let index = first; index < last; index++) wanted.add(items[index].key);
    for (const [key, element] of drawn)
      if (!wanted.has(key) && !(element.contains(document.activeElement) && items.some((item) => item.key === key))) {
        resized.unobserve(element);
        element.remove();
        drawn.delete(key);
      }
    let next = list.firstElementChild;
    for (let index = first; index < last; index++) {
      const item = items[index];
      let element = drawn.get(item.key);
      if (!element) {
        element = draw(item);
        drawn.set(item.key, element);
        list.insertBefore(element, next);
        resized.observe(element);
      } else if (element === next) next = next.nextElementSibling;
      else list.insertBefore(element, next);
      element.style.top = tops[index] + 'px';
      element.setAttribute('aria-setsize', String(items.length));
      element.setAttribute('aria-posinset', String(index + 1));
    }
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; redraw(); });
  };

  const offer = (select, name) => {
    for (const value of new Set(patches.map((patch) => patch[name]))) select.add(new Option(value, value));
  };
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    const isFiltered = wanted !== '' || status.value !== '' || severity.value !== '';
    const groups = new Map();
    let count = 0;
    patches.forEach((patch, index) => {
      let group = groups.get(patch.status);
      if (!group) groups.set(patch.status, (group = { total: 0, rows: [] }));
      group.total++;
      if (status.value !== '' && patch.status !== status.value) return;
      if (severity.value !== '' && patch.severity !== severity.value) return;
      if (wanted !== '' && !(patch.text ??= plainText(patch.html)).includes(wanted)) return;
      count++;
      group.rows.push({ key: 'p' + index, status: patch.status, patch });
    });
    items = [];
    for (const [name, { total, rows }] of groups) {
      if (rows.length === 0) continue;
      const folded = foldedGroups.get(name) ?? (!isFiltered && NEEDS_NO_ACTION(name));
      items.push({ key: 'h' + name, head: true, status: name, total, fitting: rows.length, folded });
      if (!folded) for (const row of rows) items.push(row);
    }
    for (const [key, element] of drawn) if (key.startsWith('h')) { resized.unobserve(element); element.remove(); drawn.delete(key); }
    redraw();
    shown.textContent = isFiltered ? count + ' / ' + patches.length : String(patches.length);
    none.hidden = count > 0;
    clear.hidden = !isFiltered;
    editor.setState({ text: text.value, status: status.value, severity: severity.value });
  };

  // Another choice is read from its beginning.
  const filterAnew = () => {
    foldedGroups.clear();
    apply();
    const above = list.getBoundingClientRect().top - filter.offsetHeight;
    if (above < 0) scrollBy(0, above);
    redraw();
  };

  const focusOf = (element) => element?.querySelector('summary, button.fold') ?? element;
  const moves = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  list?.addEventListener('keydown', (event) => {
    const here = event.target.closest('[data-key]');
    const move = moves[event.key];
    if (!here || !move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const at = items.findIndex((item) => item.key === here.dataset.key);
    const to = Math.max(0, Math.min(items.length - 1, at + move));
    const offset = tops[to] + list.getBoundingClientRect().top;
    if (offset < filter.offsetHeight || offset + estimate(items[to]) > innerHeight) scrollBy(0, offset - innerHeight / 2);
    redraw();
    focusOf(drawn.get(items[to].key))?.focus({ preventScroll: true });
  });
  document.addEventListener('click', (event) => {
    const copy = event.target.closest('.copy');
    if (copy) editor.postMessage({ copy: copy.closest('dd').querySelector('code').textContent });
    const button = event.target.closest('.source-link');
    if (!button) return;
    event.preventDefault();
    editor.postMessage({ source: Number(button.dataset.source) });
  });
  addEventListener('scroll', soon, { passive: true });
  addEventListener('resize', soon);

  addEventListener('message', ({ data }) => {
    if (!data || !Array.isArray(data.patches) || !list) return;
    patches = data.patches;
    if (patches.length === 0) return;
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
    apply();
    performance.mark('patchlab-rows');
  });
  for (const control of [text, status, severity]) control.addEventListener('input', filterAnew);
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' || items.length === 0) return;
    event.preventDefault();
    focusOf(drawn.get(items[0].key))?.focus({ preventScroll: true });
  });
  clear.addEventListener('click', () => {
    text.value = status.value = severity.value = '';
    filterAnew();
    text.focus();
  });
  for (const code of document.querySelectorAll('.failure dd > code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = filter.dataset.copy;
    code.after(button);
  }
  editor.postMessage({ ready: true });
})();
`;
