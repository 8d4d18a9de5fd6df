// In: the look of an integration and the concept's markup. Out: the look, or the markup if the look throws.

import type { ReactNode } from 'react';
import { Component } from 'react';

interface BoundaryProps {
  readonly markup: ReactNode;
  readonly onError: (error: unknown) => void;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly failed: boolean;
}

export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failed: false };

  static getDerivedStateFromError(): BoundaryState {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.markup : this.props.children;
  }
}
