export { LiveClient } from './client.js';
export {
  type Change,
  type ConnectionState,
  type Json,
  type JsonObject,
  LiveError,
  type Listener,
  type ListParameters,
  type LiveClientOptions,
  type LiveState,
  type Network,
  type Question,
  type Row,
  type Statistics,
  type Subscription,
  type ViewRows,
} from './types.js';
