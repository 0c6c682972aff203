namespace CryoHub.Platform.Reviews;

public enum ReviewState
{
    /// <summary>Somebody has not handed in yet.</summary>
    Open,

    /// <summary>All have handed in.</summary>
    Done,

    /// <summary>Somebody ended it.</summary>
    Closed,
}
