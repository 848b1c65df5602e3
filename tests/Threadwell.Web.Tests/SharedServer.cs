using Threadwell.Tests.Shared;
using Threadwell.Web.Tests;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace Threadwell.Web.Tests;

/// <summary>One server for the tests that do not end it.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    internal ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await ServerProcess.StartAsync();

    public ValueTask DisposeAsync()
    {
        Server.Dispose();
        return ValueTask.CompletedTask;
    }
}
