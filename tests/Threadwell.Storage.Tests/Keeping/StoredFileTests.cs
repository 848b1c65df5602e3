using Microsoft.EntityFrameworkCore;
using Threadwell.Storage.Files;
using Threadwell.Storage.Sqlite;
using Threadwell.Tests.Shared;

namespace Threadwell.Storage.Tests.Keeping;

/// <summary>Which columns name files.</summary>
public sealed class StoredFileTests
{
    [Fact]
    public void A_hash_of_an_entity_is_declared_to_be_a_file_or_known_not_to_be()
    {
        using ThreadwellContext context = new SqliteDatabase("nowhere.db").Open(TestKeys.Cipher);
        string[] undeclared = [.. context.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties())
            .Where(property => property.Name.EndsWith("Sha256", StringComparison.Ordinal) && property.PropertyInfo?.IsDefined(typeof(StoredFileAttribute), inherit: false) != true)
            .Select(property => $"{property.DeclaringType.ClrType.Name}.{property.Name}")];

        // What a signature covers, whose text is in the row; and secrets and addresses, of which nothing but the hash is kept.
        Assert.Equal(
            [
                "CalendarFeed.SecretSha256", "EnrolledDevice.SecretSha256", "EnrolmentLink.SecretSha256", "PublicQuestion.LinkSha256", "PushSubscription.AddressSha256", "StoredConsent.DocumentSha256",
                "StoredTreatment.SignedSha256",
            ],
            undeclared.Order(StringComparer.Ordinal));
    }
}
