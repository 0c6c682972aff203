using CryoHub.Platform.Custody;
using CryoHub.Platform.Labs;
using CryoHub.TestKit;

namespace CryoHub.Platform.Tests.Custody;

/// <summary>A lab with one dewar, a puck in it and two boxes of four slots in that; Ada owns it, Mia is a member.</summary>
internal sealed record CustodyScene(TestDatabase Database, Guid Ada, Guid Mia, Guid Lab, Guid Project, Guid Dewar, Guid Puck, Guid Box, Guid Other)
{
    public static async Task<CustodyScene> MakeAsync(TestDatabase database, CancellationToken ct)
    {
        var (ada, mia) = (await database.Scene.PersonAsync("Ada"), await database.Scene.PersonAsync("Mia"));
        var lab = await database.Scene.LabAsync((ada, LabRole.Owner), (mia, LabRole.Member));
        var project = await database.Scene.ProjectAsync(lab);
        var map = database.Get<StorageMap>();
        var dewar = (await map.AddAsync(ada, lab, new NewPlace(PlaceKind.Dewar, "D2", 7), ct))!.Value;
        var puck = (await map.AddAsync(ada, lab, new NewPlace(PlaceKind.Puck, "puck 1", 12, dewar), ct))!.Value;
        var box = (await map.AddAsync(ada, lab, new NewPlace(PlaceKind.Box, "box A", 4, puck), ct))!.Value;
        var other = (await map.AddAsync(ada, lab, new NewPlace(PlaceKind.Box, "box B", 4, puck), ct))!.Value;
        return new CustodyScene(database, ada, mia, lab, project, dewar, puck, box, other);
    }

    public Task<Guid> ItemAsync(string name = "G-1") => Database.Scene.SampleAsync(Project, name);

    public async Task<CustodyCard> CardAsync(Guid item, CancellationToken ct) => (await Database.Get<CustodyBook>().OfAsync(Ada, item, ct))!;
}
