using Threadwell.Geometry;
using Threadwell.Storage.Keeping;
using Threadwell.Storage.Sealing;

namespace Threadwell.Storage.Tests.Keeping;

public sealed class SqliteKeyCheckTests() : KeyCheckTests(Sqlite);

public sealed class PostgreSqlKeyCheckTests() : KeyCheckTests(PostgreSql);

/// <summary>Keys that are not those of a database.</summary>
public abstract class KeyCheckTests(string kind) : KeepingClinic(kind)
{
    [Fact]
    public async Task Keys_of_another_clinic_are_refused_before_anything_is_sealed_with_them()
    {
        Clinic clinic = await MakeClinicAsync("clinic");
        var stranger = new DataFolder(Path.Combine(Root, "stranger"));
        await using ThreadwellContext context = clinic.Database.Open(RecordKeys.OpenOrMake(stranger.Keys));
        InvalidInputException refusal = await Assert.ThrowsAsync<InvalidInputException>(() => KeyCheck.RunAsync(context, stranger, Cancelled));
        Assert.Contains("not the keys of this database", refusal.Message, StringComparison.Ordinal);
        await using ThreadwellContext own = clinic.Open();
        await KeyCheck.RunAsync(own, clinic.Data, Cancelled);
    }
}
