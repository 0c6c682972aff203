using CryoHub.Platform.Audit;
using CryoHub.Platform.Jobs;

namespace CryoHub.Worker.Jobs;

/// <summary>Once a day: looks through the chains of the audit log, says what is wrong with them, and signs their heads into the object store.</summary>
internal sealed class AuditHeadsJob(AuditHeads heads, AuditVerification verification) : IJobHandler
{
    private const int Named = 20;

    public string Kind => JobKinds.AuditHeads;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        // Verified first: what was changed since the last signature is said before a new one covers it.
        var (chains, faults, words) = (0, 0L, new List<string>());
        await foreach (var verdict in verification.AllAsync(ct))
        {
            chains++;
            faults += verdict.Faults;
            words.AddRange(verdict.Findings.Take(Named - words.Count).Select(finding => $"Lab {verdict.Chain}: {finding.Words}"));
        }

        var signed = await heads.SignAsync(ct);
        await run.SucceedAsync($"{chains} chains of the audit log read, {faults} faults; {signed} heads signed. {string.Join(' ', words)}".TrimEnd(), _ => Task.CompletedTask, ct);
    }
}
