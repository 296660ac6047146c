"""A dossier with party trees: a government of three levels, a league with an office, a newspaper."""

TREES = """
parties:
- {id: realm, name: The Realm, kind: government}
- {id: treasury, name: Treasury, part_of: realm, speakers: [Ada Crown]}
- {id: mint, name: Mint, part_of: treasury, speakers: [Bo Heller]}
- {id: navy, name: Navy, part_of: realm}
- {id: league, name: The League}
- {id: league-office, name: League Office, part_of: league}
- {id: gazette, name: Gazette}
- {id: abbey, name: Abbey}
- {id: cloister, name: Cloister, part_of: abbey}
issues:
- {id: coins, question: Are the coins of full weight?}
- {id: ships, question: Are the ships ready?}
claims:
- id: full
  party: treasury
  speaker: Ada Crown
  statement: The coins are of full weight.
  issue: coins
  position: yes
  said: 1701-03-01
  rebuttals:
  - {id: clipped, party: league-office, statement: They are clipped., position: no, said: 1701-03-02}
- {id: light, party: mint, speaker: Bo Heller, statement: Some coins are light., issue: coins,
   position: no, said: 1701-04-01, responds_to: full}
- {id: silver, party: navy, statement: The navy is paid in silver., issue: coins, said: 1701-05-01}
- {id: fleet, party: navy, statement: Every ship of the fleet can sail tomorrow., issue: ships,
   said: 1701-02-01}
- {id: berths, party: [navy, mint], statement: The new berths are paid for., issue: ships,
   said: 1701-06-01}
- {id: rumour, party: gazette, statement: The ships are not ready., issue: ships, position: no,
   said: 1701-06-02}
"""
