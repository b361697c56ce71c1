import type { PDServerSpec } from './pd.ts';

/** One of PD's microservices. */
export interface PDMSSpec extends PDServerSpec {
  /** Which microservice: timestamps (`tso`) or placement (`scheduling`). */
  name: 'tso' | 'scheduling';
}
