using System.Security.Cryptography;
using System.Text;
using CryoHub.Platform.Storage;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Audit;

/// <summary>The key that signs heads: given by the installation, or made once and kept in the object store.</summary>
internal sealed class AuditKey(IObjectStore store, IOptions<AuditOptions> options)
{
    public const string Place = "audit/signing-key.pem";

    private readonly SemaphoreSlim once = new(1, 1);
    private ECDsa? known;

    public async Task<ECDsa> ReadAsync(CancellationToken ct)
    {
        await once.WaitAsync(ct);
        try
        {
            return known ??= Import(options.Value.SigningKey.Length > 0 ? options.Value.SigningKey : await StoredAsync(ct));
        }
        finally
        {
            once.Release();
        }
    }

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key;
    }

    private async Task<string> StoredAsync(CancellationToken ct)
    {
        if (await store.ReadTextAsync(Place, ct) is { } pem)
        {
            return pem;
        }

        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await store.PutAsync(Place, new MemoryStream(Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem())), ct);
        return (await store.ReadTextAsync(Place, ct))!;   // two hosts that made one at once go on with the same
    }
}
