//! What the server does: `s3s-fs`, and in front of it what that lacks: versions, and a list of half uploads.

use super::shop::{Half, Line, PAGE, S3Kind, Shop, now};
use s3s::dto::{
    AbortMultipartUploadInput, AbortMultipartUploadOutput, CompleteMultipartUploadInput,
    CompleteMultipartUploadOutput, CreateMultipartUploadInput, CreateMultipartUploadOutput,
    DeleteObjectInput, DeleteObjectOutput, GetObjectInput, GetObjectOutput, HeadObjectInput,
    HeadObjectOutput, ListMultipartUploadsInput, ListMultipartUploadsOutput, ListObjectVersionsInput,
    ListObjectVersionsOutput, ListObjectsV2Input, ListObjectsV2Output, MultipartUpload, PutObjectInput,
    PutObjectOutput, Timestamp, UploadPartInput, UploadPartOutput,
};
use s3s::{S3, S3Request, S3Response, S3Result, s3_error};
use std::sync::Arc;

/// Where the customers stand.
pub(super) struct Counter(pub(super) Arc<Shop>);

#[async_trait::async_trait]
impl S3 for Counter {
    async fn get_object(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        // `s3s-fs` opens the object first and would say that the object is missing.
        if !self.0.has_bucket(&request.input.bucket) {
            return Err(s3_error!(NoSuchBucket));
        }
        self.0.files.get_object(request).await
    }

    async fn head_object(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        self.0.files.head_object(request).await
    }

    async fn list_objects_v2(
        &self,
        mut request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        request.input.max_keys = i32::try_from(PAGE).ok();
        self.0.files.list_objects_v2(request).await
    }

    async fn put_object(&self, request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let input = &request.input;
        // `s3s-fs` would make the bucket.
        if !self.0.has_bucket(&input.bucket) {
            return Err(s3_error!(NoSuchBucket));
        }
        let _alone = self.0.writer.lock().await;
        if input.if_none_match.is_none() {
            self.0.keep(&input.bucket, &input.key);
        }
        self.0.files.put_object(request).await
    }

    async fn delete_object(
        &self,
        mut request: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        let (bucket, key) = (request.input.bucket.clone(), request.input.key.clone());
        match (self.0.kind, request.input.version_id.take()) {
            (S3Kind::Plain, _) => self.0.files.delete_object(request).await,
            (S3Kind::Versioned, Some(id)) => {
                if self.0.leaves(&bucket, &key, &id) {
                    self.0.files.delete_object(request).await?;
                } else {
                    self.0.forget(&bucket, &key, &id);
                }
                self.0.reveal(&bucket, &key);
                Ok(S3Response::new(DeleteObjectOutput::default()))
            }
            (S3Kind::Versioned, None) => {
                self.0.hide(&bucket, &key);
                let output =
                    DeleteObjectOutput { delete_marker: Some(true), ..DeleteObjectOutput::default() };
                Ok(S3Response::new(output))
            }
        }
    }

    async fn create_multipart_upload(
        &self,
        request: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        // `s3s-fs` does not look.
        if !self.0.has_bucket(&request.input.bucket) {
            return Err(s3_error!(NoSuchBucket));
        }
        let answer = self.0.files.create_multipart_upload(request).await?;
        if let (Some(bucket), Some(key), Some(id)) =
            (&answer.output.bucket, &answer.output.key, &answer.output.upload_id)
        {
            let half = Half { bucket: bucket.clone(), key: key.clone(), id: id.clone() };
            self.0.half().insert(half, now());
        }
        Ok(answer)
    }

    async fn upload_part(
        &self,
        request: S3Request<UploadPartInput>,
    ) -> S3Result<S3Response<UploadPartOutput>> {
        let answer = self.0.files.upload_part(request).await?;
        self.0.count_part();
        Ok(answer)
    }

    async fn complete_multipart_upload(
        &self,
        request: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        let input = &request.input;
        let (bucket, key, id) = (input.bucket.clone(), input.key.clone(), input.upload_id.clone());
        let _alone = self.0.writer.lock().await;
        if input.if_none_match.is_none() {
            self.0.keep(&bucket, &key);
        }
        let half = Half { bucket, key, id };
        if !self.0.half().contains_key(&half) {
            return Err(s3_error!(NoSuchUpload));
        }
        let answer = self.0.files.complete_multipart_upload(request).await?;
        self.0.half().remove(&half);
        Ok(answer)
    }

    async fn abort_multipart_upload(
        &self,
        request: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        let input = &request.input;
        let (bucket, key, id) = (input.bucket.clone(), input.key.clone(), input.upload_id.clone());
        // `s3s-fs` says "access denied" of an upload that is not there.
        if self.0.half().remove(&Half { bucket, key, id }).is_none() {
            return Err(s3_error!(NoSuchUpload));
        }
        self.0.files.abort_multipart_upload(request).await
    }

    async fn list_object_versions(
        &self,
        request: S3Request<ListObjectVersionsInput>,
    ) -> S3Result<S3Response<ListObjectVersionsOutput>> {
        if self.0.kind == S3Kind::Plain {
            return Err(s3_error!(NotImplemented));
        }
        let lines = self.0.lines(&request).await?;
        let (key, id) = (request.input.key_marker, request.input.version_id_marker.unwrap_or_default());
        let after = key.map_or(0, |key| {
            let exact = lines.iter().position(|line| line.key() == key && line.id() == id);
            exact.map_or_else(|| lines.partition_point(|line| *line.key() <= *key), |at| at + 1)
        });
        let mut output = ListObjectVersionsOutput {
            is_truncated: Some(lines.len() > after + PAGE),
            ..ListObjectVersionsOutput::default()
        };
        if let Some(last) = lines.get(after + PAGE - 1) {
            output.next_key_marker = Some(last.key().to_owned());
            output.next_version_id_marker = Some(last.id().to_owned());
        }
        for line in lines.into_iter().skip(after).take(PAGE) {
            match line {
                Line::Version(version) => output.versions.get_or_insert_default().push(version),
                Line::Mark(mark) => output.delete_markers.get_or_insert_default().push(mark),
            }
        }
        Ok(S3Response::new(output))
    }

    async fn list_multipart_uploads(
        &self,
        request: S3Request<ListMultipartUploadsInput>,
    ) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
        if self.0.kind == S3Kind::Plain {
            return Err(s3_error!(NotImplemented));
        }
        let input = request.input;
        let prefix = input.prefix.unwrap_or_default();
        let from = Half {
            bucket: input.bucket.clone(),
            key: input.key_marker.unwrap_or_default(),
            id: input.upload_id_marker.unwrap_or_default(),
        };
        let mut found: Vec<(Half, Timestamp)> = self
            .0
            .half()
            .iter()
            .filter(|(half, _)| half.bucket == input.bucket && half.key.starts_with(&prefix) && **half > from)
            .map(|(half, at)| (half.clone(), at.clone()))
            .collect();
        let is_truncated = found.len() > PAGE;
        found.truncate(PAGE);
        let last = found.last().map(|(half, _)| half.clone());
        let uploads = found.into_iter().map(|(half, at)| MultipartUpload {
            key: Some(half.key),
            upload_id: Some(half.id),
            initiated: Some(at),
            ..MultipartUpload::default()
        });
        Ok(S3Response::new(ListMultipartUploadsOutput {
            is_truncated: Some(is_truncated),
            uploads: Some(uploads.collect()),
            next_key_marker: last.as_ref().map(|half| half.key.clone()),
            next_upload_id_marker: last.map(|half| half.id),
            ..ListMultipartUploadsOutput::default()
        }))
    }
}
