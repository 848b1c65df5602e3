using Microsoft.EntityFrameworkCore.Storage;
using Threadwell.Geometry;
using Threadwell.Storage.Appointments;
using Threadwell.Storage.PostgreSql;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests;

public sealed class PostgreSqlDatabaseTests : DatabaseTests
{
    private protected override Task<TestDatabase> MakeAsync(string folder, bool prepared) => prepared ? TestDatabase.PreparedPostgreSqlAsync() : TestDatabase.PostgreSqlAsync();

    [Fact]
    public async Task A_booking_that_is_refused_within_another_transaction_keeps_no_other_booking_waiting()
    {
        await using ThreadwellContext context = Open();
        await using IDbContextTransaction other = await context.Database.BeginTransactionAsync(Cancelled);
        await Assert.ThrowsAsync<InvalidOperationException>(() => BookingLock.BeginAsync(context, Cancelled));
        await using ThreadwellContext second = Open();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        await using IDbContextTransaction booking = await BookingLock.BeginAsync(second, patience.Token);
        Assert.NotNull(booking);
    }
}

public class PostgreSqlSettingTests
{
    [Theory]
    [InlineData("postgres://localhost/threadwell", "no connection string")]
    [InlineData("Host=localhost", "host and database are needed")]
    [InlineData("Database=threadwell", "host and database are needed")]
    [InlineData("Host=localhost;Database=x;Colour=red", "no connection string")]
    public void A_setting_that_cannot_be_used_is_refused_with_an_example(string text, string because)
    {
        InvalidInputException refusal = Assert.Throws<InvalidInputException>(() => PostgreSqlDatabase.Read(text, "--database"));
        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("--database: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Host=localhost;Database=threadwell", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_description_holds_no_password() =>
        Assert.Equal("PostgreSQL, clinic on db", PostgreSqlDatabase.Read("Host=db;Database=clinic;Username=me;Password=secret", "--database").Description);
}
