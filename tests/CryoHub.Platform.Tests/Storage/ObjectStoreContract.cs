using System.Security.Cryptography;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using CryoHub.Platform.Storage;

namespace CryoHub.Platform.Tests.Storage;

/// <summary>What every object store promises; run on the file store and on a real S3 server.</summary>
public abstract class ObjectStoreContract
{
    private const int MinimumPart = 5 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract IObjectStore Store { get; }

    /// <summary>Sends a part to its signed address as a browser would and returns the ETag, or <c>null</c> where it was refused.</summary>
    protected abstract Task<string?> SendAsync(SignedPart part, byte[] body);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20 << 20)]
    public async Task What_was_put_is_read_back(int size)
    {
        var bytes = Random(size);
        await Store.PutAsync("a/b", new MemoryStream(bytes), Ct);
        using var found = await Store.OpenAsync("a/b", Ct);
        Assert.Equal(size, found!.Length);
        Assert.Equal(SHA256.HashData(bytes), await found.Sha256Async(Ct));
    }

    [Fact]
    public async Task A_range_is_read_alone_and_one_beyond_the_end_is_refused()
    {
        var bytes = Random(1000);
        await Store.PutAsync("a/range", new MemoryStream(bytes), Ct);
        using var found = await Store.OpenAsync("a/range", Ct);
        var middle = new byte[100];
        await found!.ReadAsync(450, middle, Ct);
        Assert.Equal(bytes[450..550], middle);
        await Assert.ThrowsAsync<ProblemException>(async () => await found.ReadAsync(950, new byte[51], Ct));
    }

    [Fact]
    public async Task An_absent_object_is_null() => Assert.Null(await Store.OpenAsync("no/such", Ct));

    [Fact]
    public async Task A_second_put_replaces_and_changes_the_ETag()
    {
        await Store.PutAsync("a/again", new MemoryStream([1]), Ct);
        using var before = await Store.OpenAsync("a/again", Ct);
        await Store.PutAsync("a/again", new MemoryStream([2, 2]), Ct);
        using var after = await Store.OpenAsync("a/again", Ct);
        Assert.Equal(2, after!.Length);
        Assert.NotEqual(before!.ETag, after.ETag);
    }

    [Fact]
    public async Task List_and_delete_go_by_prefix_and_leave_neighbours_alone()
    {
        foreach (var key in new[] { "p/1.zarr/zarr.json", "p/1.zarr/0/c/0", "p/10.zarr/zarr.json", "q/1" })
        {
            await Store.PutAsync(key, new MemoryStream([7, 7]), Ct);
        }

        Assert.Equal(["p/1.zarr/0/c/0", "p/1.zarr/zarr.json"], await KeysAsync("p/1.zarr/"));
        await Store.DeleteAsync("p/1.zarr/", Ct);
        Assert.Equal(["p/10.zarr/zarr.json"], await KeysAsync("p/"));
        await Store.DeleteAsync("p/1.zarr/", Ct);
        Assert.Equal(["q/1"], await KeysAsync("q"));
    }

    [Fact]
    public async Task One_object_is_deleted_without_those_whose_keys_begin_alike()
    {
        foreach (var key in new[] { "one/1", "one/10", "one/1.png" })
        {
            await Store.PutAsync(key, new MemoryStream([7]), Ct);
        }

        await Store.DeleteOneAsync("one/1", Ct);
        await Store.DeleteOneAsync("one/1", Ct);
        await Store.DeleteOneAsync("none/at/all", Ct);
        Assert.Equal(["one/1.png", "one/10"], await KeysAsync("one/"));
    }

    [Fact]
    public async Task A_list_goes_in_the_order_of_the_keys_bytes_also_across_folders()
    {
        string[] keys = ["o/a-b", "o/a.b", "o/a/2", "o/a/b/1", "o/a/b-1", "o/a0", "o/aa/1"];
        foreach (var key in keys)
        {
            await Store.PutAsync(key, new MemoryStream([7]), Ct);
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync("o/"));
    }

    [Fact]
    public async Task Parts_sent_in_any_order_become_one_object()
    {
        var bytes = Random((2 * MinimumPart) + 1);
        var upload = await Store.BeginAsync("up/whole", Ct);
        var third = await SendAsync(upload, 3, bytes[(2 * MinimumPart)..]);
        var first = await SendAsync(upload, 1, bytes[..MinimumPart]);
        var second = await SendAsync(upload, 2, bytes[MinimumPart..(2 * MinimumPart)]);
        Assert.Equal([new StoredPart(1, MinimumPart, first!), new StoredPart(2, MinimumPart, second!), new StoredPart(3, 1, third!)], await Store.ListPartsAsync(upload, Ct));
        Assert.Null(await Store.OpenAsync("up/whole", Ct));

        await Store.CompleteAsync(upload, [new(3, third!), new(1, first!), new(2, second!)], Ct);
        using var found = await Store.OpenAsync("up/whole", Ct);
        Assert.Equal(SHA256.HashData(bytes), await found!.Sha256Async(Ct));
        Assert.Null(await Store.ListPartsAsync(upload, Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task One_part_may_be_as_small_as_nothing(int size)
    {
        var upload = await Store.BeginAsync($"up/small-{size}", Ct);
        var tag = await SendAsync(upload, 1, Random(size));
        await Store.CompleteAsync(upload, [new(1, tag!)], Ct);
        using var found = await Store.OpenAsync($"up/small-{size}", Ct);
        Assert.Equal(size, found!.Length);
    }

    [Fact]
    public async Task A_part_of_another_length_is_refused_and_leaves_nothing()
    {
        var upload = await Store.BeginAsync("up/length", Ct);
        var bytes = Random(100);
        Assert.Null(await SendAsync(Store.SignPart(upload, 1, 101, SHA256.HashData(bytes)), bytes));
        Assert.Empty((await Store.ListPartsAsync(upload, Ct))!);
    }

    [Fact]
    public async Task A_part_with_one_flipped_bit_is_refused_and_the_stored_one_stands()
    {
        var upload = await Store.BeginAsync("up/flipped", Ct);
        var bytes = Random(100);
        var tag = await SendAsync(upload, 1, bytes);
        var signed = Store.SignPart(upload, 1, 100, SHA256.HashData(bytes));
        bytes[50] ^= 1;
        Assert.Null(await SendAsync(signed, bytes));
        Assert.Equal([new StoredPart(1, 100, tag!)], await Store.ListPartsAsync(upload, Ct));
    }

    [Fact]
    public async Task A_forged_address_is_refused()
    {
        var upload = await Store.BeginAsync("up/forged", Ct);
        var bytes = Random(10);
        var signed = Store.SignPart(upload, 1, 10, SHA256.HashData(bytes));
        var last = signed.Url[^1] == '0' ? '1' : '0';
        Assert.Null(await SendAsync(signed with { Url = signed.Url[..^1] + last }, bytes));
    }

    [Fact]
    public async Task Completing_with_a_part_that_was_replaced_is_a_conflict_and_makes_nothing()
    {
        var upload = await Store.BeginAsync("up/replaced", Ct);
        await SendAsync(upload, 1, Random(64));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => Store.CompleteAsync(upload, [new(1, Convert.ToHexStringLower(SHA256.HashData([9])))], Ct));
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        Assert.Null(await Store.OpenAsync("up/replaced", Ct));
    }

    [Fact]
    public async Task An_aborted_upload_is_gone_with_its_parts()
    {
        var upload = await Store.BeginAsync("up/aborted", Ct);
        await SendAsync(upload, 1, Random(64));
        Assert.Contains(upload, await OpenUploadsAsync());
        await Store.AbortAsync(upload, Ct);
        await Store.AbortAsync(upload, Ct);
        Assert.Null(await Store.ListPartsAsync(upload, Ct));
        Assert.DoesNotContain(upload, await OpenUploadsAsync());
    }

    private static byte[] Random(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private Task<string?> SendAsync(MultipartUpload upload, int number, byte[] body) => SendAsync(Store.SignPart(upload, number, body.Length, SHA256.HashData(body)), body);

    private async Task<List<string>> KeysAsync(string prefix) => await Store.ListAsync(prefix, Ct).Select(found => found.Key).ToListAsync(Ct);

    private async Task<List<MultipartUpload>> OpenUploadsAsync() => await Store.ListUploadsAsync(Ct).Select(open => open.Upload).ToListAsync(Ct);
}
