namespace Threadwell.Biology;

/// <summary>A course in time could not be integrated to its end: the step fell below its smallest length, or there were too many. It is the values' doing, not the program's.</summary>
/// <param name="message">What happened, and at which time.</param>
public sealed class IntegrationException(string message) : Exception(message);
