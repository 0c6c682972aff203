using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace CryoHub.Web.Tests.Pages;

/// <summary>bUnit was built against a higher version number of the same assembly than can be restored; this says that any number will do.</summary>
internal static class DiffingAssembly
{
    private const string Name = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Resolve() => AssemblyLoadContext.Default.Resolving += (context, wanted) =>
        wanted.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Name + ".dll")) : null;
}
