using CryoHub.Imaging;
using CryoHub.Platform.Messages;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace CryoHub.Worker.Previews;

/// <summary>Answers previews over the bus.</summary>
internal sealed partial class PreviewConsumer(PreviewDesk desk, ILogger<PreviewConsumer> log) : IConsumer<PreviewRequest>
{
    public async Task Consume(ConsumeContext<PreviewRequest> context)
    {
        PreviewAnswer answer;
        try
        {
            answer = new PreviewAnswer(await desk.RunAsync(context.Message, context.CancellationToken), null, "");
        }
        catch (ProblemException problem)
        {
            answer = new PreviewAnswer("", problem.Kind, problem.Message);
        }
        catch (OperationCanceledException)
        {
            answer = new PreviewAnswer("", ProblemKind.Conflict, "A newer preview of the same page took its place, or it took too long: submit it as a job.");
        }
        catch (Exception bug)
        {
            Failed(bug, context.Message.Analysis, context.Message.UserId);
            answer = new PreviewAnswer("", null, $"The preview ended with an error of the software ({bug.GetType().Name}); the worker's log tells more.");
        }

        await context.RespondAsync(answer);
    }

    [LoggerMessage(LogLevel.Error, "Preview of {Analysis} for {User} failed")]
    private partial void Failed(Exception bug, string analysis, Guid user);

    /// <summary>One queue for all workers: each message wakes one of them.</summary>
    internal sealed class Shared : ConsumerDefinition<PreviewConsumer>
    {
        public Shared() => EndpointName = "preview";
    }
}
