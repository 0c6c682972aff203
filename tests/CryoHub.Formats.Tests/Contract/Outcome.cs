namespace CryoHub.Formats.Tests.Contract;

public enum Outcome { Read, Refused }
