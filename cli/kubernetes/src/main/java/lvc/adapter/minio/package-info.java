/** MinIO: S3 and its own API for users and policies. */
@NullMarked
package lvc.adapter.minio;

import org.jspecify.annotations.NullMarked;
