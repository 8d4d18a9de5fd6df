// What happens on a page beyond what manifests say (addresses complete themselves), by the page's name. A behaviour
// renders nothing of its own into the concept's markup: it listens to elements with slots, calls operations through the
// generated hooks, and fills in answers.
import type { ComponentType } from 'react';
import { Checkout } from './checkout';
import { Notifications } from './notifications';
import { Search } from './search';
import { Territory } from './territory';

export const behaviours: Readonly<Record<string, ComponentType>> = {
  checkout: Checkout,
  notifications: Notifications,
  search: Search,
  territory: Territory,
};
