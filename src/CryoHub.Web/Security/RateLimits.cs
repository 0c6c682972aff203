using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace CryoHub.Web.Security;

/// <summary>Limits for what is worth guessing or expensive; everybody has an allowance of their own.</summary>
internal static class RateLimits
{
    public const string SignIn = "sign-in";
    public const string Search = "search";

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<WebOptions>>((limits, web) =>
        {
            limits.AddPolicy(SignIn, context => PerMinute(context.Connection.RemoteIpAddress?.ToString() ?? "", web.Value.SignInsPerMinute));
            limits.AddPolicy(Search, context => PerMinute(CurrentUser.From(context.User)?.Id.ToString() ?? "", web.Value.SearchesPerMinute));
            limits.OnRejected = async (rejected, ct) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
                var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
                rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                await TypedResults.Problem($"Too many requests; try again in {seconds} s.", statusCode: StatusCodes.Status429TooManyRequests)
                    .ExecuteAsync(rejected.HttpContext);
            };
        });
    }

    private static RateLimitPartition<string> PerMinute(string whose, int limit) =>
        RateLimitPartition.GetFixedWindowLimiter(whose, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1) });
}
