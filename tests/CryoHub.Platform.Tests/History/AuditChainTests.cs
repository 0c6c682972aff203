using System.Globalization;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Samples;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CryoHub.Platform.Tests.History;

/// <summary>O02: whoever edits, removes, moves or adds a row of the audit log, by whatever way, is found, and the row is named.</summary>
public sealed class AuditChainTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly DirectoryInfo objects = Directory.CreateTempSubdirectory("cryohub-audit-");
    private ServiceProvider services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AuditVerification Verification => services.GetRequiredService<AuditVerification>();

    private AuditHeads Heads => services.GetRequiredService<AuditHeads>();

    public ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Database:ConnectionString", database.ConnectionString), new("Storage:Folder", objects.FullName)]).Build();
        services = new ServiceCollection().AddLogging().AddPlatform(configuration).AddJobsAndUploads(configuration).BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        objects.Delete(recursive: true);
    }

    [Fact]
    public async Task A_chain_that_nobody_touched_is_whole_and_every_row_of_the_lab_is_in_it()
    {
        var (owner, lab, project) = await LabAsync();
        await database.Get<SampleCatalog>().CreateAsync(owner, project, new SampleText(SampleKind.Grid, "Ä “quoted” 試料", Notes: "line\nbreak"), Ct);
        Assert.True(await Heads.SignAsync(Ct) >= 1);
        await database.Get<LabDirectory>().RenameAsync(owner, lab, "New name", (await database.Get<LabDirectory>().FindAsync(owner, lab, Ct))!.Version, Ct);
        var verdict = await Verification.VerifyAsync(lab, Ct);
        Assert.Empty(verdict.Findings);
        var rows = await database.Scene.ReadAsync(db => db.Audit.CountAsync(e => e.LabId == lab, Ct));
        Assert.Equal((rows, rows - 1), (verdict.Entries, verdict.SignedUpTo));
        Assert.Equal(5, rows);   // lab, membership, project, sample, new name: what belongs to a project belongs to its lab
    }

    [Fact]
    public async Task Many_writers_at_once_make_one_chain_without_a_hole()
    {
        var (owner, lab, project) = await LabAsync();
        var (second, otherLab, _) = await LabAsync();
        var other = await database.Scene.ProjectAsync(otherLab);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await using var db = database.CreateDbContext();
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);

            // Two chains in one transaction, in either order: nobody may wait in a circle.
            foreach (var place in i % 2 == 0 ? new[] { project, other } : [other, project])
            {
                db.Add(new Sample { Id = Guid.CreateVersion7(), ProjectId = place, Name = $"{i}", CreatedAt = TimeProvider.System.GetUtcNow() });
                await db.SaveChangesAsync(Ct);
            }

            await transaction.CommitAsync(Ct);
        }));
        Assert.Equal((0, 43), Facts(await Verification.VerifyAsync(lab, Ct)));
        Assert.Equal((0, 44), Facts(await Verification.VerifyAsync(otherLab, Ct)));
        Assert.NotEqual(owner, second);

        static (long, long) Facts(AuditVerdict verdict) => (verdict.Faults, verdict.Entries);
    }

    [Fact]
    public async Task What_was_rolled_back_leaves_no_hole()
    {
        var (_, lab, project) = await LabAsync();
        await using (var db = database.CreateDbContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            db.Add(new Sample { Id = Guid.CreateVersion7(), ProjectId = project, Name = "never", CreatedAt = TimeProvider.System.GetUtcNow() });
            await db.SaveChangesAsync(Ct);
        }

        await database.Scene.SampleAsync(project);
        var verdict = await Verification.VerifyAsync(lab, Ct);
        Assert.Equal((0, 4), (verdict.Faults, verdict.Entries));
    }

    [Theory]
    [InlineData("update audit set user_id = null, after = '{\"name\": \"nothing happened\"}' where id = {3}", AuditFault.Edited, 3)]
    [InlineData("update audit set at = at - interval '1 microsecond' where id = {2}", AuditFault.Edited, 2)]
    [InlineData("update audit set origin = '' where id = {1}; update audit set origin = '192.0.2.1' where id = {1}", AuditFault.Edited, 1)]
    [InlineData("delete from audit where id = {2}", AuditFault.Removed, 2)]
    [InlineData("delete from audit where id = {5}", AuditFault.Removed, 5)]
    [InlineData("delete from audit where id = {5}; delete from audit_links where entry_id = {5}", AuditFault.Removed, 5)]
    [InlineData("delete from audit where id = {3}; delete from audit_links where entry_id = {3}", AuditFault.Removed, 3)]
    public async Task A_row_that_was_edited_or_removed_is_named(string tampering, AuditFault fault, long number)
    {
        var lab = await FiveRowsAsync();
        await TamperAsync(lab, tampering);
        var finding = (await Verification.VerifyAsync(lab, Ct)).Findings[0];
        Assert.Equal((fault, number), (finding.Fault, finding.Number));
        Assert.Contains($"Row {number}", finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_row_removed_with_its_link_and_the_head_put_back_is_found_by_the_signed_head()
    {
        var lab = await FiveRowsAsync();
        await Heads.SignAsync(Ct);
        await TamperAsync(lab, "delete from audit where id = {5}; delete from audit_links where entry_id = {5}; "
            + "update audit_heads set number = 4, hash = (select hash from audit_links where chain = '{lab}' and number = 4) where chain = '{lab}'");
        var finding = Assert.Single((await Verification.VerifyAsync(lab, Ct)).Findings);
        Assert.Equal((AuditFault.Removed, 5), (finding.Fault, finding.Number));
        Assert.Contains("the head signed on", finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_set_absurdly_high_is_counted_and_not_walked()
    {
        var lab = await FiveRowsAsync();
        await TamperAsync(lab, "update audit_heads set number = 1000000000000 where chain = '{lab}'");
        var verdict = await Verification.VerifyAsync(lab, Ct);
        Assert.Equal((1_000_000_000_000 - 5, AuditVerification.MostFindings), (verdict.Faults, verdict.Findings.Count));
    }

    [Fact]
    public async Task Rows_that_changed_places_are_named()
    {
        var lab = await FiveRowsAsync();
        await TamperAsync(lab, "update audit_links set number = -2 where entry_id = {2}; update audit_links set number = 2 where entry_id = {3}; update audit_links set number = 3 where entry_id = {2}");
        var findings = (await Verification.VerifyAsync(lab, Ct)).Findings;
        Assert.Contains(findings, finding => finding is { Fault: AuditFault.Reordered, Number: 2 });
        Assert.Contains(findings, finding => finding is { Fault: AuditFault.Reordered, Number: 3 });
    }

    [Fact]
    public async Task An_entry_put_in_past_the_chain_is_named()
    {
        var lab = await FiveRowsAsync();
        await TamperAsync(lab, "insert into audit (at, origin, table_name, record_id, lab_id, action, before, after) values (now(), '', 'samples', 'forged', '{lab}', 'insert', '{}', '{}')");
        var finding = Assert.Single((await Verification.VerifyAsync(lab, Ct)).Findings);
        Assert.Equal(AuditFault.Inserted, finding.Fault);
        Assert.Contains("samples forged", finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_was_computed_anew_from_an_edited_row_on_is_found_by_the_signed_head()
    {
        var lab = await FiveRowsAsync();
        await Heads.SignAsync(Ct);
        await TamperAsync(lab, """
            update audit set origin = '192.0.2.9' where id = {4};
            update audit_links l set digest = sha256(convert_to(audit_text(a), 'UTF8')) from audit a where a.id = l.entry_id and l.chain = '{lab}';
            update audit_links l set hash = sha256((select hash from audit_links where chain = '{lab}' and number = 3) || int8send(4) || digest) where chain = '{lab}' and number = 4;
            update audit_links l set hash = sha256((select hash from audit_links where chain = '{lab}' and number = 4) || int8send(5) || digest) where chain = '{lab}' and number = 5;
            update audit_heads set hash = (select hash from audit_links where chain = '{lab}' and number = 5) where chain = '{lab}'
            """);
        var finding = Assert.Single((await Verification.VerifyAsync(lab, Ct)).Findings);
        Assert.Equal(AuditFault.Rewritten, finding.Fault);
        Assert.Contains("Rows 1 to 5 were rewritten after", finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_with_a_foreign_signature_is_not_believed()
    {
        var lab = await FiveRowsAsync();
        await Heads.SignAsync(Ct);
        var file = objects.EnumerateFiles("*", SearchOption.AllDirectories).Single(f => f.FullName.Contains(lab.ToString("D"), StringComparison.Ordinal));
        await File.WriteAllTextAsync(file.FullName, (await File.ReadAllTextAsync(file.FullName, Ct)).Replace("\"number\":5", "\"number\":4", StringComparison.Ordinal), Ct);
        var finding = Assert.Single((await Verification.VerifyAsync(lab, Ct)).Findings);
        Assert.Equal(AuditFault.Rewritten, finding.Fault);
        Assert.Contains("a signature that is not this installation's", finding.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_that_is_gone_altogether_is_found_by_the_signed_head()
    {
        var lab = await FiveRowsAsync();
        await Heads.SignAsync(Ct);
        await TamperAsync(lab, "delete from audit where lab_id = '{lab}'; delete from audit_links where chain = '{lab}'; delete from audit_heads where chain = '{lab}'");
        var verdicts = new List<AuditVerdict>();
        await foreach (var verdict in Verification.AllAsync(Ct))
        {
            verdicts.Add(verdict);
        }

        Assert.Equal([1, 2, 3, 4, 5], verdicts.Single(verdict => verdict.Chain == lab).Findings.Select(finding => finding.Number));
    }

    [Theory]
    [InlineData("update audit set user_id = null")]
    [InlineData("delete from audit")]
    [InlineData("truncate audit")]
    [InlineData("insert into audit (at, origin, table_name, record_id, action, before, after) values (now(), '', 'x', 'x', 'insert', '{}', '{}')")]
    [InlineData("update audit_links set number = 7")]
    [InlineData("delete from audit_links")]
    [InlineData("truncate audit_links")]
    [InlineData("update audit_heads set number = 0")]
    [InlineData("delete from audit_heads")]
    [InlineData("alter table audit disable trigger all")]
    [InlineData("drop trigger audit_chain on audit")]
    [InlineData("create or replace function audit_chain() returns trigger language plpgsql as 'begin return null; end'")]
    [InlineData("set session_replication_role = replica")]
    [InlineData("set role cryohub_owner")]
    [InlineData("drop table audit")]
    public async Task The_applications_role_can_only_read(string sql)
    {
        await FiveRowsAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_verdict_is_for_those_who_manage_the_lab()
    {
        var (owner, lab, _) = await LabAsync();
        var member = await database.Scene.MemberAsync(lab, await database.Scene.PersonAsync("member"), LabRole.Member);
        Assert.NotNull(await Verification.OfLabAsync(owner, lab, Ct));
        await Assert.ThrowsAsync<CryoHub.Imaging.ProblemException>(() => Verification.OfLabAsync(member, lab, Ct));
        Assert.Null(await Verification.OfLabAsync(await database.Scene.PersonAsync("stranger"), lab, Ct));
    }

    private async Task<(Guid Owner, Guid Lab, Guid Project)> LabAsync()
    {
        var owner = await database.Scene.PersonAsync("Ada");
        var lab = await database.Scene.LabAsync((owner, LabRole.Owner));
        return (owner, lab, await database.Scene.ProjectAsync(lab));
    }

    /// <summary>A lab with five rows: itself, its owner, a project and two samples.</summary>
    private async Task<Guid> FiveRowsAsync()
    {
        var (_, lab, project) = await LabAsync();
        await database.Scene.SampleAsync(project, "1");
        await database.Scene.SampleAsync(project, "2");
        Assert.Equal((0, 5), ((await Verification.VerifyAsync(lab, Ct)).Faults, (await Verification.VerifyAsync(lab, Ct)).Entries));
        return lab;
    }

    /// <summary>As a superuser who switches off every trigger. {n} stands for the id of the chain's n-th entry, {lab} for the lab.</summary>
    private async Task TamperAsync(Guid lab, string sql)
    {
        var ids = await database.Scene.ReadAsync(db => db.AuditLinks.Where(l => l.Chain == lab).OrderBy(l => l.Number).Select(l => l.EntryId).ToListAsync(Ct));
        var meant = ids.Select((id, i) => (id, i)).Aggregate(
            sql.Replace("{lab}", $"{lab}", StringComparison.Ordinal), (text, entry) => text.Replace($"{{{entry.i + 1}}}", entry.id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand($"set session_replication_role = replica; {meant}; reset session_replication_role", connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
