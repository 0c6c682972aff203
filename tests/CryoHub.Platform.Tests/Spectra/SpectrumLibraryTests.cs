using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Spectra;
using CryoHub.Platform.Trash;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Spectra;

public sealed class SpectrumLibraryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SpectrumLibrary Library => database.Get<SpectrumLibrary>();

    [Fact]
    public async Task A_spectrum_stands_in_the_library_with_where_it_came_from()
    {
        var (owner, lab, project) = await LabAsync();
        var dataset = await database.Scene.DatasetAsync(project, "Grid 4, pixel sum", kind: "spectrum", also: d => d.BeamEnergyKeV = 300);

        Assert.Equal(Change.Done, await Library.PutAsync(owner, dataset, 0, new ReferenceText(" LiF ", "30 nm, Li K"), Ct));

        var row = Assert.Single((await Library.ListAsync(owner, lab, PageRequest.First, Ct)).Items);
        Assert.Equal(("LiF", "30 nm, Li K", "Grid 4, pixel sum", 300.0, true), (row.Name, row.Notes, row.DatasetName, row.BeamEnergyKeV, row.CanEdit));
        Assert.Equal(row, Assert.Single(await Library.OfDatasetAsync(owner, dataset, Ct)));
        Assert.Empty((await Library.ListAsync(owner, Guid.CreateVersion7(), PageRequest.First, Ct)).Items);
    }

    [Fact]
    public async Task Put_again_it_is_named_anew_and_stays_one()
    {
        var (owner, lab, project) = await LabAsync();
        var dataset = await database.Scene.DatasetAsync(project, kind: "spectrum");
        await Library.PutAsync(owner, dataset, 0, new ReferenceText("Li"), Ct);
        var before = Assert.Single((await Library.ListAsync(owner, lab, PageRequest.First, Ct)).Items);

        await Library.PutAsync(owner, dataset, 0, new ReferenceText("Li metal"), Ct);

        var after = Assert.Single((await Library.ListAsync(owner, lab, PageRequest.First, Ct)).Items);
        Assert.Equal(("Li metal", before.Id, before.AddedAt), (after.Name, after.Id, after.AddedAt));
        Assert.Equal(Change.Done, await Library.RemoveAsync(owner, dataset, 0, Ct));
        Assert.Empty((await Library.ListAsync(owner, lab, PageRequest.First, Ct)).Items);
    }

    [Fact]
    public async Task It_is_seen_by_those_who_see_the_project_and_changed_by_its_editors()
    {
        var (owner, lab, project) = await LabAsync();
        var dataset = await database.Scene.DatasetAsync(project, kind: "spectrum");
        await Library.PutAsync(owner, dataset, 0, new ReferenceText("Li2O"), Ct);
        var (guest, stranger) = (await database.Scene.PersonAsync("gus"), await database.Scene.PersonAsync("sam"));
        await database.Scene.ShareAsync(project, ProjectRole.Viewer, guest);

        Assert.False(Assert.Single((await Library.ListAsync(guest, null, PageRequest.First, Ct)).Items).CanEdit);
        Assert.Empty((await Library.ListAsync(stranger, null, PageRequest.First, Ct)).Items);
        Assert.Equal(Change.Forbidden, await Library.PutAsync(guest, dataset, 0, new ReferenceText("mine"), Ct));
        Assert.Equal(Change.Forbidden, await Library.RemoveAsync(guest, dataset, 0, Ct));
        Assert.Equal(Change.Absent, await Library.PutAsync(stranger, dataset, 0, new ReferenceText("mine"), Ct));
        Assert.Equal(Change.Absent, await Library.RemoveAsync(stranger, dataset, 0, Ct));
        Assert.Equal("Li2O", Assert.Single((await Library.ListAsync(owner, lab, PageRequest.First, Ct)).Items).Name);
    }

    [Fact]
    public async Task With_its_data_set_in_the_trash_it_is_out_of_the_library()
    {
        var (owner, lab, project) = await LabAsync();
        var dataset = await database.Scene.DatasetAsync(project, kind: "spectrum");
        await Library.PutAsync(owner, dataset, 0, new ReferenceText("Li3N"), Ct);
        await database.Get<TrashBin>().ThrowAwayAsync(owner, TrashKind.Dataset, dataset, Ct);
        Assert.Empty((await Library.ListAsync(owner, lab, PageRequest.First, Ct)).Items);

        await database.Get<TrashBin>().RestoreAsync(owner, TrashKind.Dataset, dataset, Ct);
        Assert.Single((await Library.ListAsync(owner, lab, PageRequest.First, Ct)).Items);
    }

    [Fact]
    public async Task What_is_no_spectrum_has_no_name_or_is_not_there_is_refused()
    {
        var (owner, _, project) = await LabAsync();
        var (image, spectrum) = (await database.Scene.DatasetAsync(project), await database.Scene.DatasetAsync(project, kind: "spectrum"));
        async Task<string> Of(Guid dataset, ReferenceText text) => (await Assert.ThrowsAsync<ProblemException>(() => Library.PutAsync(owner, dataset, 0, text, Ct))).Message;

        Assert.Contains("The library holds spectra (spectrum, spectrum-line, spectrum-image); signal 0 is image", await Of(image, new ReferenceText("LiF")), StringComparison.Ordinal);
        Assert.Contains("A name is needed", await Of(spectrum, new ReferenceText(" ")), StringComparison.Ordinal);
        Assert.Contains("The notes have 2001 characters; 2000 is the limit", await Of(spectrum, new ReferenceText("LiF", new string('a', 2001))), StringComparison.Ordinal);
        Assert.Equal(Change.Absent, await Library.PutAsync(owner, spectrum, 7, new ReferenceText("LiF"), Ct));
    }

    private async Task<(Guid Owner, Guid Lab, Guid Project)> LabAsync()
    {
        var owner = await database.Scene.PersonAsync("ada");
        var lab = await database.Scene.LabAsync((owner, LabRole.Owner));
        return (owner, lab, await database.Scene.ProjectAsync(lab));
    }
}
