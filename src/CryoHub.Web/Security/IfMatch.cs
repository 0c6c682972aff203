using System.Globalization;
using System.Reflection;
using CryoHub.Imaging;

namespace CryoHub.Web.Security;

/// <summary>The version the caller has seen, from the header If-Match; every edit needs it.</summary>
public sealed record IfMatch(uint Value) : IBindableFromHttpContext<IfMatch>
{
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        uint.TryParse(context.Request.Headers.IfMatch.ToString().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? ValueTask.FromResult<IfMatch?>(new IfMatch(version))
            : throw new ProblemException(ProblemKind.Invalid, "An edit needs the header If-Match with the ETag that came with the record.");
}
