using System.Diagnostics;
using System.Globalization;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Shapes;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Annotations.Imports;
using CryoHub.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Tests.Annotations;

public sealed class ShapeImportTests(TestDatabase database, ITestOutputHelper output) : IClassFixture<TestDatabase>
{
    private const string TwoClasses = """
        {"type":"FeatureCollection","features":[
          {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[10,10],[30,10],[30,30],[10,30],[10,10]]]},"properties":{"classification":{"name":"Void"}}},
          {"type":"Feature","geometry":{"type":"Point","coordinates":[50.5,60.5]},"properties":{"classification":{"name":"Gold bead","color":[200,0,16]},"label":"b1"}},
          {"type":"Feature","geometry":{"type":"LineString","coordinates":[[5,5],[9,8]]},"properties":{}}]}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ShapeImports Imports => database.Get<ShapeImports>();

    private ShapeLog Log => database.Get<ShapeLog>();

    [Fact]
    public async Task The_plan_tells_what_is_new_and_which_classes_are_made_and_does_nothing()
    {
        var (ada, dataset, _) = await PictureAsync();
        var plan = (await Imports.PlanAsync(ada, dataset, 0, Wish(TwoClasses), Ct))!;
        Assert.Equal(("GeoJSON", 3, 3, 0, 0, true), (plan.Format, plan.Found, plan.New, plan.There, plan.LeftOut, plan.MayMakeClasses));
        Assert.Equal([(ShapeKind.Point, 1), (ShapeKind.Line, 1), (ShapeKind.Polygon, 1)], plan.Kinds.Select(k => (k.Kind, k.Count)));
        Assert.Equal(
            [("Void", "void", "Void", false), ("Gold bead", "gold-bead", "Gold bead", true), ("", "", "", false)], plan.Classes.Select(c => (c.Named, c.Key, c.Name, c.IsNew)));
        Assert.Equal("#C80010", plan.Classes[1].Colour);
        Assert.Empty((await Log.ChangesAsync(ada, dataset, 0, 0, Ct))!);
    }

    [Fact]
    public async Task An_import_draws_all_makes_the_classes_and_happens_once()
    {
        var (ada, dataset, project) = await PictureAsync();
        var import = Guid.CreateVersion7();
        var done = (await Imports.DrawAsync(ada, dataset, 0, import, Wish(TwoClasses, makeClasses: true), Ct))!;
        Assert.Equal((3, "gold-bead"), (done.Shapes, Assert.Single(done.Classes)));
        Assert.Equal(3, (await Imports.DrawAsync(ada, dataset, 0, import, Wish(TwoClasses, makeClasses: true), Ct))!.Shapes);
        var rows = (await Log.ChangesAsync(ada, dataset, 0, 0, Ct))!;
        Assert.Equal([(1L, "void"), (2L, "gold-bead"), (3L, "")], rows.Select(row => (row.Sequence, row.ClassKey)));
        Assert.Equal(("Gold bead", "#C80010"), await database.Get<ClassCatalog>().FindAsync(ada, project, "gold-bead", Ct) is { } row ? (row.Name, row.Colour) : default);

        var again = (await Imports.PlanAsync(ada, dataset, 0, Wish(TwoClasses), Ct))!;
        Assert.Equal((0, 3), (again.New, again.There));
    }

    [Fact]
    public async Task An_import_is_taken_back_and_brought_back_as_one_but_not_over_somebody_elses_change()
    {
        var (ada, dataset, project) = await PictureAsync();
        var bob = await SharedAsync(project, ProjectRole.Annotator);
        var import = Guid.CreateVersion7();
        await Imports.DrawAsync(ada, dataset, 0, import, Wish(TwoClasses), Ct);
        var point = (await Log.ChangesAsync(ada, dataset, 0, 0, Ct))!.Single(row => row.Kind == ShapeKind.Point);
        await database.Get<ShapeDrawing>().EditAsync(bob, point.Id, new(ShapeKind.Point, [[51, 61]]), 1, Ct);

        Assert.Equal((2, 1), await Imports.TakeBackAsync(ada, dataset, 0, import, Ct) is { } back ? (back.Shapes, back.Kept) : default);
        Assert.Equal(point.Id, Assert.Single((await Log.ListAsync(ada, dataset, 0, null, null, PageRequest.First, Ct))!.Items).Id);
        Assert.Equal((2, 0), await Imports.BringBackAsync(ada, dataset, 0, import, Ct) is { } again ? (again.Shapes, again.Kept) : default);
        Assert.Equal(3, (await Log.ListAsync(ada, dataset, 0, null, null, PageRequest.First, Ct))!.Total);
        Assert.Equal([4L, 7, 8], (await Log.ChangesAsync(ada, dataset, 0, 0, Ct))!.Select(row => row.Sequence));
        var brought = (await Log.ChangesAsync(ada, dataset, 0, 6, Ct))![0];
        Assert.Equal([(3, false), (2, true), (1, false)], (await Log.VersionsAsync(ada, brought.Id, PageRequest.First, Ct))!.Items.Select(v => (v.Revision, v.IsDeleted)));
        Assert.Null(await Imports.TakeBackAsync(ada, dataset, 0, Guid.CreateVersion7(), Ct));
    }

    [Fact]
    public async Task What_cannot_be_drawn_is_told_and_left_out_only_on_request()
    {
        var (ada, dataset, _) = await PictureAsync();
        const string csv = "x,y\n5,5\nNaN,5\n9000,5\n";
        var plan = (await Imports.PlanAsync(ada, dataset, 0, Wish(csv, "p.csv"), Ct))!;
        Assert.Equal((3, 1, 2), (plan.Found, plan.New, plan.LeftOut));
        Assert.Collection(
            plan.Reasons, r => Assert.StartsWith("Shape 2: A coordinate is not a number", r, StringComparison.Ordinal),
            r => Assert.Contains("outside the picture of 512 × 512 pixels", r, StringComparison.Ordinal));
        Assert.Contains("2 shapes cannot be drawn, so nothing was", await RefusedAsync(ProblemKind.Invalid, ada, dataset, Wish(csv, "p.csv")), StringComparison.Ordinal);
        Assert.Equal(1, (await Imports.DrawAsync(ada, dataset, 0, Guid.CreateVersion7(), Wish(csv, "p.csv", leaveOut: true), Ct))!.Shapes);
    }

    [Fact]
    public async Task Without_the_right_to_make_classes_shapes_come_without_one_and_viewers_and_strangers_are_kept_out()
    {
        var (_, dataset, project) = await PictureAsync();
        var bob = await SharedAsync(project, ProjectRole.Annotator);
        var viewer = await SharedAsync(project, ProjectRole.Viewer);
        var stranger = await database.Scene.PersonAsync("stranger");
        Assert.False((await Imports.PlanAsync(bob, dataset, 0, Wish(TwoClasses), Ct))!.MayMakeClasses);
        await RefusedAsync(ProblemKind.Forbidden, bob, dataset, Wish(TwoClasses, makeClasses: true));
        await RefusedAsync(ProblemKind.Forbidden, viewer, dataset, Wish(TwoClasses));
        Assert.Equal(ProblemKind.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => Imports.PlanAsync(viewer, dataset, 0, Wish(TwoClasses), Ct))).Kind);
        Assert.Null(await Imports.PlanAsync(stranger, dataset, 0, Wish(TwoClasses), Ct));
        var import = Guid.CreateVersion7();
        Assert.Null(await Imports.DrawAsync(stranger, dataset, 0, import, Wish(TwoClasses), Ct));
        Assert.Equal(3, (await Imports.DrawAsync(bob, dataset, 0, import, Wish(TwoClasses), Ct))!.Shapes);
        Assert.Null(await Imports.TakeBackAsync(stranger, dataset, 0, import, Ct));
        Assert.Equal(["void", "", ""], (await Log.ChangesAsync(bob, dataset, 0, 0, Ct))!.Select(row => row.ClassKey));
    }

    [Fact]
    public async Task The_id_of_another_layers_import_is_refused()
    {
        var (ada, dataset, project) = await PictureAsync();
        var import = Guid.CreateVersion7();
        await Imports.DrawAsync(ada, dataset, 0, import, Wish(TwoClasses), Ct);
        var other = await database.Scene.DatasetAsync(project, "other");
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Imports.DrawAsync(ada, other, 0, import, Wish(TwoClasses), Ct));
        Assert.Equal((ProblemKind.Conflict, "Another import has this id."), (problem.Kind, problem.Message));
    }

    [Fact]
    public async Task Shapes_of_a_class_that_is_not_drawn_so_come_without_it_and_a_hundred_new_classes_are_the_limit()
    {
        var (ada, dataset, _) = await PictureAsync();
        const string line = """{"type":"Feature","geometry":{"type":"LineString","coordinates":[[5,5],[9,8]]},"properties":{"class":"crystallite"}}""";
        var plan = (await Imports.PlanAsync(ada, dataset, 0, Wish(line), Ct))!;
        Assert.Equal("1 shapes come without a class, as theirs is not drawn with this kind of shape.", Assert.Single(plan.Warnings));
        var many = "x,y,class\n" + string.Concat(Enumerable.Range(0, 101).Select(i => $"{i},1,kind {i}\n"));
        Assert.Contains("more than 100 classes", await RefusedAsync(ProblemKind.Invalid, ada, dataset, Wish(many, "p.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_import_is_drawn_at_once_and_a_larger_one_refused_with_its_size()
    {
        var (ada, dataset, _) = await PictureAsync();
        static string Points(int count) => "x,y\n" + string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 500},{i / 500.0:F3}\n")));
        var clock = Stopwatch.StartNew();
        var import = Guid.CreateVersion7();
        Assert.Equal(50_000, (await Imports.DrawAsync(ada, dataset, 0, import, Wish(Points(50_000), "p.csv"), Ct))!.Shapes);
        output.WriteLine($"50,000 points drawn after {clock.ElapsedMilliseconds} ms");
        Assert.Equal(50_000, (await Imports.TakeBackAsync(ada, dataset, 0, import, Ct))!.Shapes);
        output.WriteLine($"and taken back after {clock.ElapsedMilliseconds} ms");
        Assert.Contains("holds 50,001 shapes", await RefusedAsync(ProblemKind.Invalid, ada, dataset, Wish(Points(50_001), "p.csv")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RoiSet.zip", true)]
    [InlineData("coco.json", true)]
    [InlineData("shapes.mod", false)]
    public async Task What_is_taken_away_as_a_file_is_known_when_it_comes_back(string name, bool keepsLabels)
    {
        var (ada, dataset, project) = await PictureAsync();
        await Imports.DrawAsync(ada, dataset, 0, Guid.CreateVersion7(), Wish(TwoClasses, makeClasses: true), Ct);
        var file = (await database.Get<ShapeExports>().WriteAsync(ada, dataset, 0, name, Ct))!;
        var plan = (await Imports.PlanAsync(ada, dataset, 0, new(name, file.Bytes), Ct))!;
        Assert.Equal((plan.Found, 0), (plan.There, plan.LeftOut));
        Assert.True(plan.Found >= 2);

        var other = await database.Scene.DatasetAsync(project, "other");
        await Imports.DrawAsync(ada, other, 0, Guid.CreateVersion7(), new(name, file.Bytes), Ct);
        var (here, there) = (await ShapesAsync(dataset), await ShapesAsync(other));
        Assert.Equal(here.Where(row => there.Select(one => one.Kind).Contains(row.Kind)).Select(row => keepsLabels ? row : (row.Kind, row.Class, "")), there);
        Assert.Null(await database.Get<ShapeExports>().WriteAsync(ada, dataset, 0, "shapes.exe", Ct));
        Assert.Null(await database.Get<ShapeExports>().WriteAsync(await database.Scene.PersonAsync("stranger"), dataset, 0, name, Ct));

        async Task<(ShapeKind Kind, string Class, string Label)[]> ShapesAsync(Guid id) => [.. (await Log.ChangesAsync(ada, id, 0, 0, Ct))!.Select(row => (row.Kind, row.ClassKey, row.Label))];
    }

    private static ImportWish Wish(string text, string name = "a.geojson", bool makeClasses = false, bool leaveOut = false) => new(name, Encoding.UTF8.GetBytes(text), makeClasses, leaveOut);

    private async Task<string> RefusedAsync(ProblemKind kind, Guid user, Guid dataset, ImportWish wish)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Imports.DrawAsync(user, dataset, 0, Guid.CreateVersion7(), wish, Ct));
        Assert.Equal(kind, problem.Kind);
        return problem.Message;
    }

    private async Task<(Guid Ada, Guid Dataset, Guid Project)> PictureAsync()
    {
        var bench = await Bench.CreateAsync(database);
        return (bench.UserId, await bench.DatasetAsync(), bench.ProjectId);
    }

    private async Task<Guid> SharedAsync(Guid project, ProjectRole role)
    {
        var person = await database.Scene.PersonAsync("another");
        await database.Scene.ShareAsync(project, role, person);
        return person;
    }
}
