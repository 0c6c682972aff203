using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Fields;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Datasets;

public sealed class GroundTruthTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manager_calls_labels_ground_truth_and_nobody_of_a_lower_role_does()
    {
        var scene = database.Scene;
        var (owner, editor, stranger) = (await scene.PersonAsync("Ines"), await scene.PersonAsync("Eli"), await scene.PersonAsync("Sam"));
        var project = await scene.ProjectAsync(await scene.LabAsync((owner, LabRole.Owner)));
        await scene.ShareAsync(project, ProjectRole.Editor, editor);
        var (labels, other) = (await scene.DatasetAsync(project), await scene.DatasetAsync(project));
        var truth = database.Get<GroundTruth>();

        Assert.Equal(Change.Absent, await truth.MarkAsync(stranger, labels, isTruth: true, Ct));
        Assert.Equal(Change.Forbidden, await truth.MarkAsync(editor, labels, isTruth: true, Ct));
        Assert.Equal(Change.Done, await truth.MarkAsync(owner, labels, isTruth: true, Ct));
        var first = (await database.Get<DatasetCatalog>().FindAsync(editor, labels, Ct))!;
        Assert.Equal(("Ines", false), (first.Truth!.By, first.CanJudge));
        Assert.Equal(Change.Done, await truth.MarkAsync(owner, labels, isTruth: true, Ct));
        Assert.Equal(first.Truth, (await database.Get<DatasetCatalog>().FindAsync(owner, labels, Ct))!.Truth);   // the first word counts

        var rows = (await database.Get<FieldTable>().ReadAsync(editor, new FieldQuery(project, null, [], ["dataset.ground-truth=yes"]), PageRequest.First, Ct)).Rows;
        Assert.Equal(labels, Assert.Single(rows).DatasetId);
        Assert.Equal(Change.Forbidden, await truth.MarkAsync(editor, labels, isTruth: false, Ct));
        Assert.Equal(Change.Done, await truth.MarkAsync(owner, labels, isTruth: false, Ct));
        Assert.Null((await database.Get<DatasetCatalog>().FindAsync(owner, labels, Ct))!.Truth);
        Assert.Null((await database.Get<DatasetCatalog>().FindAsync(owner, other, Ct))!.Truth);
        var told = await scene.ReadAsync(db => db.Audit.Where(a => a.RecordId == labels.ToString() && a.TableName == "datasets").ToListAsync(Ct));
        Assert.Equal(2, told.Count(entry => entry.UserId == owner && entry.After.RootElement.TryGetProperty("truth_by", out _)));
    }
}
