using System.Net;

namespace CryoHub.EndToEnd.Processes;

/// <summary>The server answered, and said no.</summary>
internal sealed class ApiRefusedException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status => status;
}
