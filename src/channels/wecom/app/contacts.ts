import { z } from 'zod'
import { ApiFailure, type ApiOptions, createApi } from './api.ts'
import { adviceOn } from './check.ts'

/** A department as an app is told it. */
export interface Department {
  readonly id: number
  readonly name: string
  /** 0, or one that the app does not see: nothing above it. */
  readonly parentId: number
}

/** A member as an app is told them: neither phone nor mail, which WeCom keeps from apps since 2022. */
export interface Member {
  readonly userId: string
  readonly name: string
  readonly departmentIds: readonly number[]
}

export interface Contacts {
  /** As WeCom's administrators order them. */
  readonly departments: readonly Department[]
  readonly members: readonly Member[]
}

/** Why the contact list could not be read, with what to mend. */
export class ContactsFault extends Error {
  override readonly name = 'ContactsFault'
}

/** More is no bank's contact list. */
const MOST = { departments: 20_000, members: 100_000 }

// developer.work.weixin.qq.com/document/path/90208 (department/list) and 90200 (user/simplelist).
const departments = z.object({
  department: z
    .array(
      z.object({
        id: z.int(),
        name: z.string().max(200),
        parentid: z.int().default(0),
        order: z.number().default(0),
      }),
    )
    .max(MOST.departments),
})
const members = z.object({
  userlist: z
    .array(
      z.object({
        userid: z.string().min(1).max(64),
        name: z.string().max(200),
        department: z.array(z.int()).max(1000).default([]),
      }),
    )
    .max(MOST.members),
})

/** Departments and members that the app may see, one department after the other. Throws `ContactsFault`. */
export async function readContacts(options: Omit<ApiOptions, 'tokens'>): Promise<Contacts> {
  const tokens = { read: async () => null, write: async () => {} }
  const api = createApi({ ...options, tokens })
  try {
    const { department } = await api.call('/cgi-bin/department/list', departments)
    const inOrder = department.toSorted((a, b) => b.order - a.order)
    const found = new Map<string, Member>()
    for (const { id } of inOrder) {
      const query = { department_id: String(id) }
      const answer = await api.call('/cgi-bin/user/simplelist', members, undefined, query)
      for (const { userid: userId, name, department: departmentIds } of answer.userlist) {
        found.set(userId, { userId, name, departmentIds })
      }
    }
    return {
      departments: inOrder.map(({ id, name, parentid: parentId }) => ({ id, name, parentId })),
      members: [...found.values()],
    }
  } catch (error) {
    if (error instanceof z.ZodError) {
      throw new ContactsFault('企业微信的答复看不懂。 WeCom gave an answer that is not understood.')
    }
    if (!(error instanceof ApiFailure)) throw error
    throw new ContactsFault(
      `企业微信 WeCom: ${error.message}。${adviceOn(error.errcode, error.message)}`,
    )
  }
}
