using System.Globalization;
using CryoHub.Imaging;
using CryoHub.Platform.Storage;
using CryoHub.Platform.Storage.Files;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Tests.Storage;

public sealed class FileObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cryohub-store-");
    private readonly FileObjectStore store;

    public FileObjectStoreTests() => store = new FileObjectStore(Options.Create(new StorageOptions { Folder = folder.FullName }), TimeProvider.System);

    protected override IObjectStore Store => store;

    [Fact]
    public async Task A_part_address_ends_after_a_quarter_of_an_hour()
    {
        var upload = await store.BeginAsync("late", CancellationToken.None);
        var part = Parse(store.SignPart(upload, 1, 1, System.Security.Cryptography.SHA256.HashData([1])).Url);
        var later = new FileObjectStore(Options.Create(new StorageOptions { Folder = folder.FullName }), new LaterClock(StorageOptions.PartLifetime + TimeSpan.FromSeconds(2)));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => later.ReceivePartAsync(part, new MemoryStream([1]), CancellationToken.None));
        Assert.Equal(ProblemKind.Forbidden, problem.Kind);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    public async Task No_key_leads_out_of_the_folder(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutAsync(key, new MemoryStream([1]), CancellationToken.None));

    public void Dispose() => folder.Delete(recursive: true);

    protected override async Task<string?> SendAsync(SignedPart part, byte[] body)
    {
        try
        {
            return await store.ReceivePartAsync(Parse(part.Url), new MemoryStream(body), TestContext.Current.CancellationToken);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static FilePart Parse(string url)
    {
        var path = url.Split('?')[0].Split('/');
        var query = QueryHelpers.ParseQuery(url.Split('?')[1]);
        return new FilePart(
            path[^2],
            int.Parse(path[^1], CultureInfo.InvariantCulture),
            long.Parse(query["size"]!, CultureInfo.InvariantCulture),
            query["sha256"]!,
            long.Parse(query["expires"]!, CultureInfo.InvariantCulture),
            query["signature"]!);
    }

    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }
}
