import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useProductSearchSearch, type ProductSearchResultPage } from '../../generated/integrations/product-search';
import { slot, useListener, valueOf } from './dom';

const name = 'product-search';

/** Shows results while the query is typed, in the place that the concept keeps for them. */
export function Search(): ReactNode {
  const { call } = useProductSearchSearch();
  const [page, setPage] = useState<ProductSearchResultPage>();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => {
    setPlace(slot(name, 'results'));
  }, []);

  function search(): void {
    const category = valueOf(name, 'category');
    void call({ query: valueOf(name, 'query'), limit: 6, ...(category && { category }) }).then(setPage, () => undefined);
  }
  useListener('input', `[data-integration^="${name}"]`, search);
  useListener('submit', `[data-integration^="${name}"] form`, (event) => {
    event.preventDefault();
    search();
  });

  if (!place || !page) return null;
  return createPortal(
    <ul className="cards">
      {page.products.map((product) => (
        <li key={product.id}>
          <article>
            <h3>{product.name}</h3>
            <p className="price">${product.price}</p>
          </article>
        </li>
      ))}
    </ul>,
    place,
  );
}
