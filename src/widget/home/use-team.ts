/** Who of the team is there now, asked when Home is shown. */
import { useEffect, useState } from 'preact/hooks'
import type { ResponseOf } from '../../protocol/actions.ts'
import type { Session } from '../app/session.ts'

export type Team = ResponseOf<'list_online_agents'>['agents']

/** Nothing until it is known, and where it cannot be. */
export function useTeam({ sdk }: Session): Team | undefined {
  const [team, setTeam] = useState<Team>()
  useEffect(() => {
    let gone = false
    sdk.ground.client.ask('list_online_agents', {}).then(
      ({ agents }) => gone || setTeam(agents),
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [sdk])
  return team
}
