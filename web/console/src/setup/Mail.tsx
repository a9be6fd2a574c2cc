/** Whether letters go out, what became of the last ones, and a letter to oneself to try it. */

import type { ErrorBody, MailTested, SetupStatus } from "@dryfly/words"
import { useState } from "react"
import { ask } from "../api"
import { sayError } from "../say"
import { say } from "./words"

type MailStatus = SetupStatus["mail"]

export function Mail({ mail, isEditor }: { mail: MailStatus; isEditor: boolean }) {
  return (
    <section className="card pad stack" aria-label={say("mail.title")}>
      <div className="row wrap">
        <h2 className="grow">{say("mail.title")}</h2>
        <span className={mail.host ? "chip river" : "chip"}>{say(mail.host ? "mail.on" : "mail.off")}</span>
      </div>
      {mail.host === null ? <p className="s">{say("mail.how")}</p> : <SetUp mail={mail} isEditor={isEditor} />}
    </section>
  )
}

function SetUp({ mail, isEditor }: { mail: MailStatus; isEditor: boolean }) {
  const { sent_count, waiting_count, failed_count, failed_reason } = mail
  return (
    <>
      <p className="s">
        {say("mail.by", {
          sender: mail.sender,
          host: mail.host,
          port: mail.port,
          tls: say(`mail.tls.${mail.tls as "tls"}`),
        })}
      </p>
      <p className="s">{say("mail.counts", { sent: sent_count, waiting: waiting_count, failed: failed_count })}</p>
      {failed_count > 0 && <p className="wrong">{say("mail.failed", { reason: failed_reason })}</p>}
      {isEditor && <TestLetter />}
    </>
  )
}

function TestLetter() {
  const [isSending, setSending] = useState(false)
  const [sentTo, setSentTo] = useState("")
  const [error, setError] = useState<ErrorBody | null>(null)
  const send = () => {
    setSending(true)
    setError(null)
    setSentTo("")
    ask<MailTested>("POST", "setup/mail/test")
      .then(({ to }) => setSentTo(to), setError)
      .finally(() => setSending(false))
  }
  return (
    <div className="row wrap">
      <button type="button" className="btn" aria-disabled={isSending} onClick={() => isSending || send()}>
        {say(isSending ? "mail.test.sending" : "mail.test")}
      </button>
      <span role="status">{sentTo && say("mail.test.sent", { to: sentTo })}</span>
      {error && (
        <span className="wrong" role="alert">
          {error.code === "mail_failed"
            ? say("mail.test.failed", { reason: error.values.reason ?? "" })
            : sayError(error)}
        </span>
      )}
    </div>
  )
}
