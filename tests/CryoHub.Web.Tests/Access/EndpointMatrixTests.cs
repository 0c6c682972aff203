using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CryoHub.Web.Tests.Access;

/// <summary>A01: every endpoint, asked by every role. A route without a line in the table fails.</summary>
public sealed class EndpointMatrixTests(MatrixApp app) : IClassFixture<MatrixApp>
{
    public static TheoryData<string> Routes { get; } = [.. RouteTable.All.Select(rule => rule.Route)];

    [Fact]
    public void Every_route_has_a_line_and_every_line_a_route()
    {
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !IsPageOrAsset(endpoint))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}"));
        Assert.Equal(RouteTable.All.Select(rule => rule.Route).Order(StringComparer.Ordinal), routes.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Every_role_is_told_what_the_table_says(string route)
    {
        var rule = RouteTable.All.Single(rule => rule.Route == route);
        World? untouched = null;
        foreach (var role in Enum.GetValues<Role>())
        {
            var world = rule.Method == "GET" ? untouched ??= await World.MakeAsync(app) : await World.MakeAsync(app);
            using var client = await ClientAsync(role);
            using var request = Request(rule, world);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(
                rule.StatusFor(role) == (int)response.StatusCode,
                $"{role}: {(int)response.StatusCode} instead of {rule.StatusFor(role)}. {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }
    }

    private static HttpRequestMessage Request(RouteRule rule, World world)
    {
        var request = new HttpRequestMessage(new HttpMethod(rule.Method), rule.Url?.Invoke(world) ?? rule.Route.Split(' ')[1]);
        if (rule.Body is { } body)
        {
            request.Content = JsonContent.Create(body(world));
        }
        else if (rule.Form is { } form)
        {
            request.Content = new FormUrlEncodedContent(form);
        }

        if (rule.Version is { } version)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version(world)}\"");
        }

        return request;
    }

    private async Task<HttpClient> ClientAsync(Role role) =>
        role == Role.Anonymous ? app.Anonymous() : await app.ClientForAsync(role.ToString().ToLowerInvariant(), role == Role.Administrator);

    // Pages are asked by the browser tests; files of wwwroot are for everybody.
    private static bool IsPageOrAsset(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(item => item.GetType().Name is "ComponentTypeMetadata" or "StaticAssetDescriptor")
        || endpoint.RoutePattern.RawText!.TrimStart('/') is ['_', ..] or "{**path:file}";   // the framework's own, and its look for files while developing
}
