/** The products of a result: an instance a row. */
import type { ProductInstance, ProductResult } from '../../../scan/result.ts';
import { describePlace } from '../order.ts';
import { NO_SOURCES, renderButton, type Sources } from './sources.ts';
import { html, type Html } from './template.ts';

export function renderProducts(products: readonly ProductResult[], sources: Sources = NO_SOURCES): Html {
  const rows = products.flatMap((product) =>
    product.instances.map((instance) => renderInstance({ product, sources }, instance)),
  );
  if (rows.length === 0) return html`<p class="empty">No product of this content is on this machine.</p>`;
  const head = html`<thead>
    <tr>
      <th>Product</th>
      <th>Version</th>
      <th>Place</th>
    </tr>
  </thead>`;
  return html`<table class="products">
    ${head}
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function renderInstance(
  { product, sources }: { readonly product: ProductResult; readonly sources: Sources },
  instance: ProductInstance,
): Html {
  const version =
    instance.state === 'unknown'
      ? html`<span class="reason">unknown: ${instance.reason ?? ''}</span>`
      : html`${instance.version ?? ''}`;
  return html`<tr>
    <td title="${product.id}">${product.name} ${renderButton(sources.declared(product.id))}</td>
    <td>${version}</td>
    <td class="path">${describePlace(instance)}</td>
  </tr>`;
}
