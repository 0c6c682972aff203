using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace CryoHub.Platform.Storage.S3;

/// <summary>
/// Presigns the PUT of one part by AWS signature version 4. The SDK's own presigner leaves the payload unsigned; here length and SHA-256 are signed
/// headers, so the server itself refuses a part of another length or with other bytes.
/// </summary>
internal sealed class S3PartSigner(AWSCredentials credentials, string region)
{
    private const string SignedHeaders = "content-length;host;x-amz-content-sha256";

    public string Sign(Uri part, long size, string sha256, DateTimeOffset now, TimeSpan lifetime)
    {
        var keys = credentials.GetCredentials();
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{region}/s3/aws4_request";
        var query = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["X-Amz-Algorithm"] = "AWS4-HMAC-SHA256",
            ["X-Amz-Credential"] = $"{keys.AccessKey}/{scope}",
            ["X-Amz-Date"] = time,
            ["X-Amz-Expires"] = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            ["X-Amz-SignedHeaders"] = SignedHeaders,
        };
        if (keys.UseToken)
        {
            query["X-Amz-Security-Token"] = keys.Token;
        }

        foreach (var pair in part.Query.TrimStart('?').Split('&'))
        {
            var (name, value) = (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
            query[name] = Uri.UnescapeDataString(value);
        }

        var canonicalQuery = string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var canonical = string.Create(
            CultureInfo.InvariantCulture,
            $"PUT\n{part.AbsolutePath}\n{canonicalQuery}\ncontent-length:{size}\nhost:{part.Authority}\nx-amz-content-sha256:{sha256}\n\n{SignedHeaders}\n{sha256}");
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Key(keys.SecretKey, time[..8]), Encoding.UTF8.GetBytes(toSign)));
        return $"{part.GetLeftPart(UriPartial.Path)}?{canonicalQuery}&X-Amz-Signature={signature}";
    }

    private byte[] Key(string secret, string day) =>
        new[] { day, region, "s3", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), (key, word) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(word)));
}
