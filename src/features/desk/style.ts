import { pageStyle } from '../../infra/page-style.ts'

/** The style of all pages here, in the bank's colour. */
export const styleOf = pageStyle(new URL('style.css', import.meta.url))
