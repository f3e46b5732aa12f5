import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { parse, refuse } from './refusal.ts'

// Customer contact as developer.work.weixin.qq.com/document/path/92228 has it.

/** A way by which people outside add a member as their contact. */
export interface AppContactWay {
  readonly user: string
  readonly state: string
  readonly skipsVerify: boolean
}

const add = z.strictObject({
  type: z.literal(1),
  scene: z.literal(2),
  user: z.array(z.string().min(1)).length(1),
  state: z.string().max(30).default(''),
  skip_verify: z.boolean().default(true),
  remark: z.string().max(30).optional(),
})
const del = z.strictObject({ config_id: z.string().min(1) })

/** One pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** What of WeCom's API is for customer contact; `followed` are the members who may be added. */
export function createContactWays(apiUrl: () => string, followed: ReadonlySet<string>) {
  const made = new Map<string, AppContactWay>()
  return {
    made,
    paths: {
      'externalcontact/add_contact_way'(unread: unknown) {
        const { user, state, skip_verify: skipsVerify } = parse(add, unread)
        const [member = ''] = user
        if (!followed.has(member)) refuse(84074, 'no follow user privilege')
        // The same again is another way.
        const config_id = randomBytes(16).toString('hex')
        made.set(config_id, { user: member, state, skipsVerify })
        return { config_id, qr_code: `${apiUrl()}/wwpic/${config_id}` }
      },
      'externalcontact/del_contact_way'(unread: unknown) {
        const { config_id } = parse(del, unread)
        if (!made.delete(config_id)) refuse(40058, 'invalid config_id')
        return {}
      },
      'externalcontact/get_follow_user_list'() {
        return { follow_user: [...followed] }
      },
    },
    /** The picture of a way, for whoever asks; null: no way has it. */
    pictureAt: (path: string): Buffer | null =>
      made.has(path.replace('/wwpic/', '')) && path.startsWith('/wwpic/') ? PNG : null,
  }
}
