import type { Queries } from '../../infra/database/index.ts'
import { INDUSTRIES } from './industries.ts'

/**
 * Puts the national classification into the register of industries where it is not there yet. What people wrote until
 * then stays as they wrote it; where it is a word for a division, it is from now on the same as that.
 */
export async function installIndustries(tx: Queries, now: Date): Promise<void> {
  const [installed] = await tx.$queryRaw<{ code: string }[]>`
    select code from register_entry where register = 'industry' and code is not null limit 1`
  if (installed) return
  const codes = INDUSTRIES.map(({ code }) => code)
  const names = INDUSTRIES.map(({ name }) => name)
  const words = INDUSTRIES.flatMap(({ code, words }) => words.map((word) => ({ code, word })))
  await tx.$executeRaw`
    update register_entry set code = standard.code
    from unnest(${codes}::text[], ${names}::text[]) as standard (code, name)
    join register_name on register = 'industry' and key = name_key(standard.name)
    where register_entry.id = entry_id`
  // The id is made of the code, so that two processes that start at once put in one row.
  await tx.$executeRaw`
    with entered as (
      insert into register_entry (id, register, name, code, recorded_at)
      select md5('GB/T 4754-2017 ' || code)::uuid, 'industry', name, code, ${now}::timestamptz
      from unnest(${codes}::text[], ${names}::text[]) as standard (code, name)
      where not exists (select from register_entry as entry
        where entry.register = 'industry' and entry.code = standard.code)
      on conflict (id) do nothing returning id, name
    )
    insert into register_name (register, key, name, entry_id)
    select 'industry', name_key(name), name, id from entered on conflict do nothing`
  await tx.$executeRaw`
    insert into register_name (register, key, name, entry_id)
    select 'industry', name_key(word), word, entry.id
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as said (code text, word text)
    join register_entry as entry on entry.register = 'industry' and entry.code = said.code
    on conflict do nothing`
  await tx.$executeRaw`
    update register_entry set same_as = standard.id, code = standard.code
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as said (code text, word text)
    join register_entry as standard on standard.register = 'industry' and standard.code = said.code
    join register_name on register_name.register = 'industry' and key = name_key(word)
    where register_entry.id = entry_id and register_entry.code is null`
}
