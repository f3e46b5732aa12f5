export { seeClients as showClient } from '../staff/policy.ts'
