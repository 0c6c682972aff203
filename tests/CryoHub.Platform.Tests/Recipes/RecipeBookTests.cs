using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Recipes;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Recipes;

public sealed class RecipeBookTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private RecipeBook Book => database.Get<RecipeBook>();

    [Fact]
    public async Task A_recipe_keeps_its_parameters_and_saved_again_it_is_replaced()
    {
        var (owner, lab, project) = await LabAsync();
        var other = await database.Scene.ProjectAsync(lab);

        var first = await Book.SaveAsync(owner, project, Of(" Pores of NMC ", """{"steps":[1]}"""), Ct);
        var again = await Book.SaveAsync(owner, project, Of("Pores of NMC", """{"steps":[1,2]}""", version: 2), Ct);
        await Book.SaveAsync(owner, other, Of("Also pores", "{}"), Ct);
        await Book.SaveAsync(owner, project, Of("Another analysis", "{}") with { Analysis = "tilt-align" }, Ct);

        Assert.Equal((first!.Id, "Pores of NMC", 2, true), (again!.Id, again.Name, again.Version, again.CanEdit));
        Assert.Equal("""{"steps":[1,2]}""", (await Book.FindAsync(owner, again.Id, Ct))!.Parameters.GetRawText().Replace(" ", "", StringComparison.Ordinal));
        var ofProject = await Book.ListAsync(owner, project, "volume-segment", PageRequest.First, Ct);
        Assert.Equal(["Pores of NMC", "Also pores"], ofProject!.Items.Select(row => row.Name)); // the project's own first, whatever the letters say
        Assert.Equal(["Also pores", "Pores of NMC"], (await Book.ListAsync(owner, other, "volume-segment", PageRequest.First, Ct))!.Items.Select(row => row.Name));
        Assert.Equal(3, (await Book.ListAsync(owner, project, null, PageRequest.First, Ct))!.Total);
    }

    [Fact]
    public async Task It_is_seen_by_those_who_see_the_project_and_changed_by_its_editors()
    {
        var (owner, _, project) = await LabAsync();
        var recipe = (await Book.SaveAsync(owner, project, Of("Pores", "{}"), Ct))!.Id;
        var (guest, stranger) = (await database.Scene.PersonAsync("gus"), await database.Scene.PersonAsync("sam"));
        await database.Scene.ShareAsync(project, ProjectRole.Viewer, guest);

        Assert.False(Assert.Single((await Book.ListAsync(guest, project, null, PageRequest.First, Ct))!.Items).CanEdit);
        Assert.NotNull(await Book.FindAsync(guest, recipe, Ct));
        Assert.Equal(Change.Forbidden, await Book.RemoveAsync(guest, recipe, Ct));
        Assert.Equal(ProblemKind.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => Book.SaveAsync(guest, project, Of("Mine", "{}"), Ct))).Kind);

        Assert.Null(await Book.ListAsync(stranger, project, null, PageRequest.First, Ct));
        Assert.Null(await Book.FindAsync(stranger, recipe, Ct));
        Assert.Null(await Book.SaveAsync(stranger, project, Of("Mine", "{}"), Ct));
        Assert.Equal(Change.Absent, await Book.RemoveAsync(stranger, recipe, Ct));

        Assert.Equal(Change.Done, await Book.RemoveAsync(owner, recipe, Ct));
        Assert.Null(await Book.FindAsync(owner, recipe, Ct));
    }

    [Fact]
    public async Task Names_and_lengths_are_checked()
    {
        var (owner, _, project) = await LabAsync();

        Assert.Equal("A name is needed.", (await Assert.ThrowsAsync<ProblemException>(() => Book.SaveAsync(owner, project, Of(" ", "{}"), Ct))).Message);
        var long1 = $$"""{"a":"{{new string('x', 300_000)}}"}""";
        Assert.Equal("Parameters: 300008 characters; 262144 is the limit.", (await Assert.ThrowsAsync<ProblemException>(() => Book.SaveAsync(owner, project, Of("Long", long1), Ct))).Message);
    }

    private static SaveRecipe Of(string name, string parameters, int version = 1) => new("volume-segment", version, name, parameters);

    private async Task<(Guid Owner, Guid Lab, Guid Project)> LabAsync()
    {
        var owner = await database.Scene.PersonAsync("olga");
        var lab = await database.Scene.LabAsync((owner, LabRole.Owner));
        return (owner, lab, await database.Scene.ProjectAsync(lab));
    }
}
