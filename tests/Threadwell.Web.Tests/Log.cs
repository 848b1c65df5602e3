using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Threadwell.Web.Tests;

/// <summary>Keeps what was logged as gone wrong.</summary>
internal sealed class Log<T> : ILogger<T>
{
    /// <summary>What was thrown, in order.</summary>
    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning && exception is not null)
        {
            Faults.Enqueue(exception);
        }
    }
}
