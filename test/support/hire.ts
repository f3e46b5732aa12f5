import { newId } from '../../src/core/ids.ts'
import { type Bank, MONDAY } from './bank.ts'

/** Somebody more works in the small bank, with an account of the same name as their code. */
export async function hire(
  bank: Bank,
  code: string,
  name: string,
  role: string,
  unit: string,
): Promise<void> {
  const { prisma } = bank.database
  const { id: unitId } = await prisma.unit.findUniqueOrThrow({ where: { code: unit } })
  const id = newId()
  await prisma.staff.create({
    data: { id, code, name, role, unitId, joinedOn: new Date('2020-01-01') },
  })
  await prisma.account.create({
    data: { ...bank.account(code), staffId: id, lastSeenAt: new Date(MONDAY) },
  })
}
