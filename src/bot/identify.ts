import type { Event } from '../core/chat.ts'
import type { Actor, Role } from '../core/staff.ts'
import type { Language } from '../core/text.ts'
import type { Queries } from '../infra/database/index.ts'

/**
 * Who is behind an event: the holder of the account, or, where the channel names people by their
 * staff code, that person. Null for somebody unknown or who left. Notes where they were last seen,
 * so that pushes reach them there.
 */
export async function identify(
  tx: Queries,
  event: Event,
  senderIs: 'account' | 'staff-code',
  now: Date,
): Promise<Actor | null> {
  const staff = await tx.staff.findFirst({
    where:
      senderIs === 'staff-code'
        ? { code: event.sender, active: true }
        : {
            active: true,
            accounts: { some: { channel: event.channel, externalId: event.sender } },
          },
    include: { unit: true },
  })
  if (!staff) return null
  if (senderIs === 'account') {
    await tx.account.update({
      where: { channel_externalId: { channel: event.channel, externalId: event.sender } },
      data: { lastSeenAt: now, ...(event.shared ? {} : { conversation: event.conversation }) },
    })
  }
  return {
    id: staff.id,
    code: staff.code,
    name: staff.name,
    role: staff.role as Role,
    unitId: staff.unitId,
    unitPath: staff.unit.path,
    language: staff.language as Language,
  }
}
